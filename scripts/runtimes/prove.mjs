// What only one kind of runtime can show, each sentence by itself: it finds the embedded Linxio without faults and with an empty request log.
import { lastLines } from "../../packages/linxio-js/test/runtimes/world.mjs"

/** The results of `[sentence, prove]` pairs; a problem comes with what the server saw last. */
export async function proveEach(sentences, { fake, ...given }) {
  const results = []
  for (const [name, prove] of sentences) {
    fake.clearFaults()
    fake.clearRequestLog()
    const problem = await prove({ fake, ...given }).then(
      () => undefined,
      (error) => `${error?.stack ?? error}\n${lastLines(fake.timeline())}`
    )
    results.push({ name, problem })
  }
  return results
}
