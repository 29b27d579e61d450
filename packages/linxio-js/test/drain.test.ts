/** `close({ drain: true })`: the calls under way are waited for, and for no longer than they may take (F-33). */
import { LinxioAbortError, LinxioValidationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import { clientOf, errorOf, plainServer, rejectionOf, until } from "./support.ts"

const token = { token: "a.b.c", retry: { retries: 0 } }

/** A server that answers when it is told to. */
const waiting = async () => {
  const answers: Array<() => void> = []
  const server = await plainServer((_, response) => void answers.push(() => response.end("{}")))
  const answer = () => {
    for (const one of answers.splice(0)) one()
  }
  return { server, answer }
}

describe("close({ drain: true })", () => {
  it("waits for the calls under way, and refuses new ones at once (F-33)", async () => {
    const { answer, server } = await waiting()
    const linxio = clientOf(server, token)
    const call = linxio.request("GET", "/slow")
    await until(() => server.seen.length === 1)
    let isClosed = false
    const closing = linxio.close({ drain: true }).then(() => (isClosed = true))
    expect(await errorOf(linxio.auth.me())).toMatchObject({ reason: "closed" })
    expect(() => linxio.setSession(null)).toThrow(LinxioAbortError)
    expect(isClosed).toBe(false)
    answer()
    await expect(call).resolves.toEqual({})
    await closing
    expect(server.seen).toHaveLength(1)
  })

  it("waits no longer than timeoutMs: what is left is aborted (F-33)", async () => {
    const { server } = await waiting()
    const linxio = clientOf(server, token)
    const call = rejectionOf(linxio.request("GET", "/slow"))
    await until(() => server.seen.length === 1)
    await linxio.close({ drain: true, timeoutMs: 1 })
    expect(await call).toMatchObject({ name: "LinxioAbortError", reason: "closed" })
  })

  it("resolves at once where nothing is under way", async () => {
    await clientOf({ baseUrl: "http://127.0.0.1:9/api" }, token).close({ drain: true })
  })

  it("waits for a streamed body until it has been read (F-33)", async () => {
    const server = await plainServer((_, response) => {
      response.write("first,")
      setImmediate(() => response.end("last"))
    })
    const linxio = clientOf(server, token)
    const stream = await linxio.request("GET", "/export", { responseType: "stream" })
    const closing = linxio.close({ drain: true })
    expect(await new Response(stream).text()).toBe("first,last")
    await closing
  })

  it("is cut short by a close that waits for nobody", async () => {
    const { server } = await waiting()
    const linxio = clientOf(server, token)
    const call = rejectionOf(linxio.request("GET", "/slow"))
    await until(() => server.seen.length === 1)
    const closing = linxio.close({ drain: true })
    await linxio.close()
    expect(await call).toMatchObject({ reason: "closed" })
    await closing
  })

  it("refuses a timeoutMs that cannot be, and closes nothing then", async () => {
    const { answer, server } = await waiting()
    const linxio = clientOf(server, token)
    for (const timeoutMs of [0, Number.NaN, 2 ** 31, "30"]) {
      const error = await rejectionOf(linxio.close({ drain: true, timeoutMs: timeoutMs as never }))
      expect(error).toBeInstanceOf(LinxioValidationError)
    }
    const call = linxio.request("GET", "/on")
    await until(() => server.seen.length === 1)
    answer()
    await expect(call).resolves.toEqual({})
  })

  it.each<[string, unknown]>([
    ["the name of a signal", "SIGTERM"],
    ["an event", new Event("pagehide")],
    ["null", null]
  ])("is not what a listener asks for that is given %s: it closes at once", async (_, given) => {
    const { server } = await waiting()
    const linxio = clientOf(server, token)
    const call = rejectionOf(linxio.request("GET", "/slow"))
    await until(() => server.seen.length === 1)
    await linxio.close(given as never)
    expect(await call).toMatchObject({ reason: "closed" })
  })
})
