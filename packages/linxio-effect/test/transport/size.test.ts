/** How much of an answer is kept, and when decompressing it ends (F-6). */
import { gzipSync, type Unzip } from "node:zlib"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { HttpClient, LinxioApiError, LinxioDecodeError } from "linxio-effect"
import { describe, expect, it, vi } from "vitest"
import { names, run, serve, until } from "./loopback.ts"

const megabyte = Buffer.alloc(1_000_000, "0")
const bodies = {
  "with its length": () => ({ body: megabyte, headers: { "content-length": String(megabyte.length) } }),
  "in chunks": () => ({ body: megabyte, headers: {} }),
  compressed: () => ({ body: gzipSync(megabyte), headers: { "content-encoding": "gzip" } })
}

const get = HttpClient.use((http) => Effect.flatMap(http.get("/x"), (response) => response.text))

describe.each(names)("%s", (name) => {
  it.each(Object.entries(bodies))(
    "of a body %s it keeps what maxResponseBytes allows, and says what to do; it is not tried again (F-6)",
    async (_, made) => {
      let asked = 0
      const server = await serve((_request, response) => {
        asked++
        const { body, headers } = made()
        response.writeHead(200, headers)
        response.write(body.subarray(0, 100))
        response.end(body.subarray(100))
      })
      const error = await run(name, server, Effect.flip(get), {
        maxResponseBytes: 999_999,
        retry: { retries: 3, delayMs: 0 }
      })
      expect(error).toBeInstanceOf(LinxioDecodeError)
      expect(error).toMatchObject({ status: 200, retryable: false, path: "/api/x" })
      expect(error.message).toContain("more than 999999 bytes; raise maxResponseBytes, or read it as a stream")
      expect(asked).toBe(1)
      expect(await run(name, server, get, { maxResponseBytes: 1_000_000 })).toHaveLength(1_000_000)
    }
  )

  it("a refusal whose body is too large is a refusal (F-6)", async () => {
    const server = await serve((_, response) => void response.writeHead(404).end(megabyte))
    const error = await run(name, server, Effect.flip(get), { maxResponseBytes: 1000 })
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toMatchObject({ status: 404 })
  })

  it("a body that goes on for ever is let go (F-6)", async () => {
    const server = await serve((_, response) => {
      const more = () => {
        while (response.write(megabyte)) continue
      }
      response.on("drain", more)
      more()
    })
    expect(await run(name, server, Effect.flip(get))).toBeInstanceOf(LinxioDecodeError)
    await until(server.isLetGo)
  })
})

describe("layerNode", () => {
  it("stops decompressing when the call ends (F-6)", async () => {
    const zlib = process.getBuiltinModule("node:zlib")
    const made: Array<Unzip> = []
    const { createUnzip } = zlib
    const spy = vi.spyOn(zlib, "createUnzip").mockImplementation((options) => {
      made.push(createUnzip(options))
      return made[0] as Unzip
    })
    const compressed = gzipSync(Buffer.alloc(100_000_000))
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" })
      response.end(compressed)
    })
    const interrupted = Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(get)
      yield* Effect.promise(() => until(() => made.length > 0))
      yield* Fiber.interrupt(fiber)
    })
    await run("layerNode", server, interrupted, { maxResponseBytes: 536_870_888 })
    expect(made[0]).toMatchObject({ destroyed: true, readableEnded: false })
    spy.mockRestore()
  })
})
