/** The progress of downloads over real sockets, with each transport. */
import { gzipSync } from "node:zlib"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { HttpClient, LinxioApiError, LinxioDecodeError, type Progress, withCallOptions } from "linxio-effect"
import { describe, expect, it } from "vitest"
import { names, run, serve, until } from "./loopback.ts"

const size = 300_000

const plain = Buffer.alloc(size, "x")

/** A program that reads a body in one way, and what it was told. */
const download = (read: "arrayBuffer" | "stream") => {
  const told: Array<Progress> = []
  const options = {
    bodyAs: read === "stream" ? "stream" : "bytes",
    onProgress: (at: Progress) => told.push(at)
  } as const
  const bytes = HttpClient.use((http) =>
    Effect.flatMap(http.get("/x"), (response) =>
      read === "stream"
        ? Stream.runFold(
            response.stream,
            () => 0,
            (sum, chunk) => sum + chunk.byteLength
          )
        : Effect.map(response.arrayBuffer, ({ byteLength }) => byteLength)
    )
  ).pipe(withCallOptions(options))
  return { told, bytes }
}

describe.each(names)("%s", (name) => {
  it.each(["arrayBuffer", "stream"] as const)("tells of each chunk, up to the total, of an %s", async (read) => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-length": size })
      response.end(plain)
    })
    const { bytes, told } = download(read)
    expect(await run(name, server, bytes)).toBe(size)
    expect(told.length).toBeGreaterThan(1)
    expect(told.at(-1)).toEqual({ received: size, total: size })
    expect(told.map(({ received }) => received)).toEqual(told.map(({ received }) => received).sort((a, b) => a - b))
  })

  it("counts what a compressed body becomes, and gives no total for it", async () => {
    const packed = gzipSync(plain)
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-length": packed.byteLength, "content-encoding": "gzip" })
      response.end(packed)
    })
    const { bytes, told } = download("arrayBuffer")
    expect(await run(name, server, bytes)).toBe(size)
    expect(told.at(-1)).toEqual({ received: size })
  })

  it("a body above maxResponseBytes is refused as without progress, and its connection let go (F-6)", async () => {
    const server = await serve((_, response) => void response.write(plain))
    const { bytes } = download("arrayBuffer")
    const error = await run(name, server, Effect.flip(bytes), { maxResponseBytes: 1_000 })
    expect(error).toBeInstanceOf(LinxioDecodeError)
    await until(server.isLetGo)
  })

  it("an answer without a body, or outside 2xx, is told of by its result alone", async () => {
    let status = 204
    const server = await serve((_, response) => void response.writeHead(status).end(status === 204 ? undefined : "{}"))
    const { bytes, told } = download("arrayBuffer")
    expect(await run(name, server, bytes)).toBe(0)
    status = 404
    expect(await run(name, server, Effect.flip(bytes))).toBeInstanceOf(LinxioApiError)
    expect(told).toEqual([])
  })
})
