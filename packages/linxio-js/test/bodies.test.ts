/** Bodies of requests: what is sent is what was given when the call began, whatever its owner does later (F-1), under the owner's content type (F-4). */
import { LinxioError, LinxioNetworkError, LinxioValidationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import { clientOf, nextTurn, plainServer, rejectionOf, uncaught } from "./support.ts"

const token = { token: "a.b.c", retry: { retries: 1, delayMs: 0 } }
const text = "twelve bytes"
const bytes = () => new TextEncoder().encode(text)
const transfer = (buffer: ArrayBuffer) => void structuredClone(buffer, { transfer: [buffer] })

/** Answers the first request of each pair with 503, having called `between`. */
const busyServer = async (between: () => void) => {
  let asked = 0
  return plainServer((_, response) => {
    asked++
    if (asked % 2 === 1) between()
    response.writeHead(asked % 2 === 1 ? 503 : 200).end("{}")
  })
}

describe("bytes", () => {
  it.each<[string, () => ArrayBufferView | ArrayBuffer]>([
    ["a Uint8Array", bytes],
    ["a DataView", () => new DataView(bytes().buffer)],
    ["an ArrayBuffer", () => bytes().buffer]
  ])("of %s that was transferred before the call are refused, and nothing is sent (F-1)", async (_, made) => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const body = made()
    transfer(ArrayBuffer.isView(body) ? (body.buffer as ArrayBuffer) : body)
    const error = await rejectionOf(clientOf(server, token).request("PUT", "/x", { body }))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(String(error)).toContain("its buffer was transferred")
    expect(server.seen).toEqual([])
  })

  it("that lie outside a buffer that has shrunk are refused (F-1)", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const buffer: ArrayBuffer = Reflect.construct(ArrayBuffer, [16, { maxByteLength: 32 }])
    const body = new Uint8Array(buffer, 8, 8)
    Reflect.apply(Reflect.get(buffer, "resize"), buffer, [4])
    expect(await rejectionOf(clientOf(server, token).request("PUT", "/x", { body }))).toBeInstanceOf(
      LinxioValidationError
    )
  })

  it.each<[string, (body: Uint8Array<ArrayBuffer>) => void]>([
    ["transferred", ({ buffer }) => transfer(buffer)],
    ["overwritten", (body) => void body.fill(0)]
  ])(
    "that are %s as soon as the call has begun, or before its retry, are sent as they were (F-1)",
    async (_, change) => {
      let body = bytes()
      const server = await busyServer(() => change(body))
      const linxio = clientOf(server, token)
      await linxio.request("PUT", "/x", { body })
      body = bytes()
      const call = linxio.request("PUT", "/x", { body })
      change(body)
      await call
      expect(server.seen.map((request) => request.body)).toEqual([text, text, text, text])
    }
  )

  it("of shared memory are sent as they were (F-1)", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const shared = new SharedArrayBuffer(text.length)
    const view = new Uint8Array(shared)
    view.set(bytes())
    const linxio = clientOf(server, token)
    for (const body of [shared, view]) await linxio.request("POST", "/x", { body })
    expect(server.seen.map((request) => request.body)).toEqual([text, text])
  })

  it.each<[string, unknown]>([
    ["a proxy", new Proxy(bytes(), {})],
    [
      "a getter that throws",
      {
        get name() {
          throw new Error("no")
        }
      }
    ],
    [
      "a toJSON that throws",
      {
        toJSON: () => {
          throw new Error("no")
        }
      }
    ],
    [
      "a revoked proxy",
      (() => {
        const made = Proxy.revocable({}, {})
        made.revoke()
        return made.proxy
      })()
    ],
    ["a promise", Promise.resolve({ name: "x" })]
  ])("that are %s are refused, and nothing is sent (F-1, F-28)", async (_, body) => {
    const server = await plainServer((_, response) => void response.end("{}"))
    expect(await rejectionOf(clientOf(server, token).request("POST", "/x", { body }))).toBeInstanceOf(
      LinxioValidationError
    )
    expect(server.seen).toEqual([])
  })
})

describe("a stream", () => {
  const thrown = new Error("no")
  const streams: ReadonlyArray<readonly [string, () => ReadableStream]> = [
    ["fails under way", () => new ReadableStream({ pull: (controller) => controller.error(thrown) })],
    ["throws when it is asked", () => new ReadableStream({ pull: () => Promise.reject(thrown) })],
    [
      "fails after a chunk",
      () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(bytes()),
          pull: (controller) => void setImmediate(() => controller.error(thrown))
        })
    ],
    [
      "gives what is no bytes",
      () =>
        new ReadableStream({
          start: (controller) => {
            controller.enqueue({ not: "bytes" })
            controller.close()
          }
        })
    ],
    [
      "throws when it is canceled",
      () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(bytes()),
          cancel: () => Promise.reject(thrown)
        })
    ]
  ]
  it.each(streams)("that %s fails its call, and not the process (F-1)", async (_, made) => {
    const failures = uncaught()
    const server = await plainServer((_, response) => void response.end("{}"))
    const call = clientOf(server, { ...token, timeoutMs: 1_000 }).request("POST", "/x", { body: made() })
    expect(await rejectionOf(call)).toBeInstanceOf(LinxioError)
    for (let turn = 0; turn < 20; turn++) await nextTurn()
    expect(failures).toEqual([])
  })

  it("that somebody reads already is refused", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const body = new Blob(["x"]).stream()
    body.getReader()
    const error = await rejectionOf(clientOf(server, token).request("POST", "/x", { body }))
    expect(error).not.toBeInstanceOf(LinxioNetworkError)
    expect(error).toBeInstanceOf(LinxioValidationError)
  })
})

describe("the content type", () => {
  it.each<[string, unknown, string]>([
    ["JSON", { name: "x" }, "application/json"],
    ["a text", "x", "text/plain"],
    ["bytes", bytes(), "application/octet-stream"]
  ])("of %s is the caller's, else the usual one (F-4)", async (_, body, usual) => {
    const types: Array<string | undefined> = []
    const server = await plainServer((request, response) => {
      types.push(request.headers["content-type"])
      response.end("{}")
    })
    const linxio = clientOf(server, token)
    await linxio.request("PATCH", "/x", { body })
    for (const name of ["content-type", "Content-Type"]) {
      await linxio.request("PATCH", "/x", { body, headers: { [name]: "application/merge-patch+json" } })
    }
    expect(types).toEqual([usual, "application/merge-patch+json", "application/merge-patch+json"])
  })
})
