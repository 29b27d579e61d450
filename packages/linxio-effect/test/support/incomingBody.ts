/** A body that gives what a test puts into it, and a client that is answered with it. */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as Layer from "effect/Layer"
import { Linxio, type LinxioOptions, SessionStore, Transport } from "linxio-effect"

export const makeBody = () => {
  type Part = Uint8Array | Error | undefined
  const given: Array<Part> = []
  let waiting: ((part: Part) => void) | undefined
  const body = {
    canceled: false,
    give: (chunk: string | Error | undefined) => {
      const part = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk
      if (waiting) waiting(part)
      else given.push(part)
      waiting = undefined
    },
    next: () =>
      new Promise<Uint8Array | undefined>((resolve, reject) => {
        const take = (part: Part) => (part instanceof Error ? reject(part) : resolve(part))
        if (given.length > 0) take(given.shift())
        else waiting = take
      }),
    cancel: () => void (body.canceled = true)
  }
  return body
}

/** A client that is answered with these bodies, one for each request, and with the kinds of bodies that it asked its transport for. */
export const answeredWith = (
  bodies: ReadonlyArray<ReturnType<typeof makeBody>>,
  options: LinxioOptions = {},
  headers: Headers.Input = {}
) => {
  const asked: Array<string> = []
  const transport = Layer.succeed(Transport, {
    identity: bodies,
    exchange: (_, __, bodyAs) =>
      Effect.suspend(() => {
        const content = bodies[asked.length]
        asked.push(bodyAs)
        if (content === undefined) return Effect.die("one request too many")
        return Effect.succeed({ _tag: "Answered", status: 200, headers: Headers.fromInput(headers), url: "", content })
      })
  })
  const layer = Linxio.layerNoDeps({ token: "canary-token", timeoutMs: 5_000, deadlineMs: 6_000, ...options }).pipe(
    Layer.provide(transport),
    Layer.provide(SessionStore.layerMemory())
  )
  return { asked, layer }
}
