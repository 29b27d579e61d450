/** Answers whose body is read at its reader's pace, over real sockets (F-31). */
import { gzipSync } from "node:zlib"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import {
  HttpClient,
  LinxioApiError,
  LinxioDecodeError,
  LinxioNetworkError,
  LinxioTimeoutError,
  withCallOptions
} from "linxio-effect"
import { streamedBodyOf } from "linxio-effect/HttpClient"
import { describe, expect, it } from "vitest"
import { names, run, serve, until } from "./loopback.ts"

const download = HttpClient.use((http) => http.get("/x")).pipe(withCallOptions({ bodyAs: "stream" }))
const text = Effect.flatMap(download, (response) => Stream.mkString(Stream.decodeText(response.stream)))

describe.each(names)("%s", (name) => {
  it("gives the answer before its body has come, and the body chunk by chunk (F-31)", async () => {
    let goOn = (): void => undefined
    const server = await serve((_, response) => {
      response.write("first ")
      goOn = () => void response.end("second")
    })
    const body = Effect.flatMap(download, ({ stream }) =>
      stream.pipe(
        Stream.decodeText,
        Stream.tap(() => Effect.sync(() => goOn())),
        Stream.mkString
      )
    )
    expect(await run(name, server, body)).toBe("first second")
  })

  it("holds a few chunks of a long body, and no more (F-31)", async () => {
    const chunk = Buffer.alloc(64 * 1024, "x")
    const chunks = 1000
    let sent = 0
    const server = await serve((_, response) => {
      const more = () => {
        while (sent < chunks && response.write(chunk)) sent++
        if (sent === chunks) response.end()
      }
      response.on("drain", () => {
        sent++
        more()
      })
      more()
    })
    const read = Effect.gen(function* () {
      const { stream } = yield* download
      // The server writes until nobody takes more: then nothing happens for many turns.
      let before = -1
      while (before !== sent) {
        before = sent
        for (let turn = 0; turn < 100; turn++) yield* Effect.promise(() => new Promise((done) => setImmediate(done)))
      }
      const unread = sent
      const size = yield* Stream.runFold(
        stream,
        () => 0,
        (total, bytes) => total + bytes.byteLength
      )
      return { unread, size }
    })
    const { size, unread } = await run(name, server, read)
    // What lies in the buffers of the two sockets counts as well.
    expect(unread).toBeLessThan(chunks / 2)
    expect(size).toBeGreaterThanOrEqual(chunks * chunk.byteLength)
  })

  it("undoes the compression of a streamed body", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" })
      response.end(gzipSync("compressed"))
    })
    expect(await run(name, server, text)).toBe("compressed")
  })

  it("an empty body that names a compression is empty", async () => {
    const server = await serve((_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end())
    const head = HttpClient.use((http) => Effect.flatMap(http.head("/x"), (response) => response.text))
    expect(await run(name, server, Effect.all([head, Effect.flatMap(head, () => head)]))).toEqual(["", ""])
  })

  it("a body that breaks off fails with a LinxioNetworkError, and is not asked for again (F-31)", async () => {
    let asked = 0
    const server = await serve((_, response) => {
      asked++
      response.write("half")
      setImmediate(() => response.destroy())
    })
    const error = await run(name, server, Effect.flip(text), { retry: { retries: 3, delayMs: 0 } })
    expect(error).toBeInstanceOf(LinxioNetworkError)
    expect(error.message).toMatch(/^The body of the answer to GET \/api\/x broke off/)
    expect(asked).toBe(1)
  })

  it("an answer outside 2xx is an error with its body, as everywhere", async () => {
    const server = await serve((_, response) => void response.writeHead(404).end('{"message":"no such report"}'))
    const error = await run(name, server, Effect.flip(download))
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error.message).toContain("no such report")
  })

  it("text and json read a streamed body to its end, up to maxResponseBytes", async () => {
    const server = await serve((_, response) => void response.end('{"count":3}'))
    const json = Effect.flatMap(download, (response) => response.json)
    expect(await run(name, server, json)).toEqual({ count: 3 })
    const error = await run(name, server, Effect.flip(json), { maxResponseBytes: 5 })
    expect(error).toBeInstanceOf(LinxioDecodeError)
  })

  it("a reader that stops lets the connection go", async () => {
    const server = await serve((_, response) => void response.write("first"))
    const first = Effect.flatMap(download, ({ stream }) => Stream.runHead(stream))
    await run(name, server, first)
    await until(server.isLetGo)
  })

  it("a body that nobody reads is let go when nothing happened for timeoutMs (F-31)", async () => {
    const server = await serve((_, response) => void response.write("first"))
    const unread = Effect.gen(function* () {
      const response = yield* download
      yield* Effect.promise(() => until(server.isLetGo))
      return yield* Effect.flip(Stream.runDrain(response.stream))
    })
    const error = await run(name, server, unread, { timeoutMs: 1000 })
    expect(error).toBeInstanceOf(LinxioTimeoutError)
    expect(error).toMatchObject({ phase: "idle", timeoutMs: 1000 })
  })

  it("has the stream of the web as well", async () => {
    const server = await serve((_, response) => void response.end("as it is"))
    const whole = Effect.flatMap(download, (response) =>
      Effect.promise(() => new Response(streamedBodyOf(response)?.stream).text())
    )
    expect(await run(name, server, whole)).toBe("as it is")
  })
})
