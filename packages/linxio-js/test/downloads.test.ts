/** Answers that are read as they come, or as a whole that is no text (F-30, F-31). */
import { LinxioAbortError, LinxioApiError, LinxioDecodeError, LinxioTimeoutError } from "linxio-js"
import { describe, expect, it, vi } from "vitest"
import { clientOf, plainServer, rejectionOf, serve, signedIn, started, until } from "./support.ts"

const token = { token: "a.b.c", retry: { retries: 0 } }

/** A server that sends a head and a first chunk, and the rest when it is told to. */
const slowServer = async () => {
  let rest: (() => void) | undefined
  const server = await plainServer((_, response) => {
    response.writeHead(200, { "content-type": "text/csv", "x-request-id": "request-1" })
    response.write("first ")
    rest = () => void response.end("second")
  })
  return { ...server, goOn: () => rest?.() }
}

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe("a stream", () => {
  it("comes with the head of the answer, chunk by chunk (F-31)", async () => {
    const server = await slowServer()
    const stream = await clientOf(server, token).request("GET", "/x", { responseType: "stream" })
    const reader = stream.getReader()
    expect(decode((await reader.read()).value)).toBe("first ")
    server.goOn()
    expect(decode((await reader.read()).value)).toBe("second")
    expect((await reader.read()).done).toBe(true)
  })

  it("is a Response with status and headers when it is asked for raw (F-30)", async () => {
    const server = await slowServer()
    const response = await clientOf(server, token).request("GET", "/x", { responseType: "raw" })
    expect(response).toBeInstanceOf(Response)
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-request-id")]).toEqual([
      200,
      "text/csv",
      "request-1"
    ])
    server.goOn()
    expect(await response.text()).toBe("first second")
  })

  it("of an answer without a body is empty", async () => {
    const server = await plainServer((_, response) => void response.writeHead(204).end())
    const linxio = clientOf(server, token)
    expect((await linxio.request("DELETE", "/x", { responseType: "raw" })).body).toBeNull()
    const stream = await linxio.request("DELETE", "/x", { responseType: "stream" })
    expect(await new Response(stream).text()).toBe("")
  })

  it("of a fetch that knows no streams is the whole body", async () => {
    const fake = {
      status: 200,
      headers: new Headers(),
      arrayBuffer: async () => new TextEncoder().encode("whole").buffer
    }
    const fetch = async () => ({ ...fake, text: async () => "whole" }) as unknown as Response
    const linxio = clientOf({ baseUrl: "https://linxio.test/api" }, { ...token, fetch })
    expect(await (await linxio.request("GET", "/x", { responseType: "raw" })).text()).toBe("whole")
  })

  it.each(["stream", "raw"] as const)(
    "of a refusal is a LinxioApiError with its body, also as %s",
    async (responseType) => {
      const server = await plainServer(
        (_, response) => void response.writeHead(404).end('{"message":"no such report"}')
      )
      const error = await rejectionOf(clientOf(server, token).request("GET", "/x", { responseType }))
      expect(error).toBeInstanceOf(LinxioApiError)
      expect(error).toMatchObject({ status: 404, message: expect.stringContaining("no such report") })
    }
  )

  it("is asked for again with a fresh token where the old one is refused", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    const response = await linxio.request("GET", "/vehicles/count", { responseType: "raw" })
    expect(await response.json()).toHaveProperty("count")
  })

  it("ends with the signal of its call, and says why (F-31)", async () => {
    const server = await slowServer()
    const controller = new AbortController()
    const { signal } = controller
    const stream = await clientOf(server, token).request("GET", "/x", { responseType: "stream", signal })
    const whole = started(new Response(stream).text())
    controller.abort("the user left")
    const error = await rejectionOf(whole)
    expect(error).toBeInstanceOf(LinxioAbortError)
    expect(error).toMatchObject({ reason: "the user left" })
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it("ends with its client (F-31)", async () => {
    const server = await slowServer()
    const linxio = clientOf(server, token)
    const { body } = await linxio.request("GET", "/x", { responseType: "raw" })
    await linxio.close()
    const error = await rejectionOf(new Response(body).text())
    expect(error).toBeInstanceOf(LinxioAbortError)
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it("that nobody reads gives its connection back when nothing happened for timeoutMs (F-31)", async () => {
    const server = await slowServer()
    const stream = await clientOf(server, { ...token, timeoutMs: 1_000 }).request("GET", "/x", {
      responseType: "stream"
    })
    await until(() => server.sockets[0]?.destroyed === true)
    const error = await rejectionOf(new Response(stream).text())
    expect(error).toBeInstanceOf(LinxioTimeoutError)
    expect(error).toMatchObject({ phase: "idle" })
  })

  it("leaves no listener on the signal when it has ended (I-28)", async () => {
    const server = await slowServer()
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, "addEventListener")
    const removed = vi.spyOn(signal, "removeEventListener")
    const response = await clientOf(server, token).request("GET", "/x", { responseType: "raw", signal })
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0])
    server.goOn()
    await response.text()
    expect(removed).toHaveBeenCalledTimes(1)
  })
})

describe("a whole answer", () => {
  it("is a Blob with its type when it is asked for one", async () => {
    const server = await plainServer((_, response) =>
      response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF")
    )
    const blob = await clientOf(server, token).request("GET", "/x", { responseType: "blob" })
    expect([blob.type, await blob.text()]).toEqual(["application/pdf", "%PDF"])
  })

  it("has maxResponseBytes at most, of the client or of the call (F-6)", async () => {
    const server = await plainServer((_, response) => void response.end(`"${"x".repeat(998)}"`))
    const linxio = clientOf(server, { ...token, maxResponseBytes: 999 })
    const error = await rejectionOf(linxio.request("GET", "/x"))
    expect(error).toBeInstanceOf(LinxioDecodeError)
    expect(String(error)).toContain("raise maxResponseBytes")
    await expect(linxio.request("GET", "/x", { maxResponseBytes: 1_000 })).resolves.toHaveLength(998)
    expect(() => clientOf(server, { maxResponseBytes: 0 })).toThrow("maxResponseBytes must be a number of bytes")
  })
})
