/** `request`, the way to every path: what goes out, and what comes back. */
import { Readable } from "node:stream"
import { LinxioApiError, LinxioDecodeError, LinxioValidationError } from "linxio-js"
import type { RequestOptions } from "linxio-js"
import { describe, expect, it } from "vitest"
import { clientOf, plainServer, rejectionOf, serve, signedIn } from "./support.ts"

const token = { token: "a.b.c", refreshToken: "refresh-token", retry: { retries: 0 } }

/** A server that tells what it was sent. */
const mirror = async () => {
  const types: Array<string | undefined> = []
  const server = await plainServer((request, response) => {
    types.push(request.headers["content-type"])
    response.end("{}")
  })
  return { server, types, linxio: clientOf(server, token) }
}

describe("what goes out", () => {
  it("a query: lists repeat their key with [], dates are ISO-8601, and nothing stands for null and undefined", async () => {
    const { linxio, server } = await mirror()
    const from = new Date(Date.UTC(2026, 0, 2, 3, 4, 5))
    const query = {
      fields: ["id", "regNo"],
      "ids[]": [1, 2],
      from,
      limit: 10,
      active: true,
      none: null,
      absent: undefined,
      q: "a&b=c"
    }
    await linxio.request("GET", "/vehicles?sort=regNo", { query })
    const sent = new URL(server.seen[0]?.path ?? "", "http://localhost").searchParams
    expect([...sent]).toEqual([
      ["sort", "regNo"],
      ["fields[]", "id"],
      ["fields[]", "regNo"],
      ["ids[]", "1"],
      ["ids[]", "2"],
      ["from", "2026-01-02T03:04:05.000Z"],
      ["limit", "10"],
      ["active", "true"],
      ["q", "a&b=c"]
    ])
  })

  it.each<[string, RequestOptions]>([
    ["query", { query: new URLSearchParams("a=1") as never }],
    ["query", { query: new Map([["a", 1]]) as never }],
    ["query", { query: "a=1" as never }],
    ["query", { query: [["a", 1]] as never }],
    ["query", { query: { a: { b: 1 } } as never }],
    ["query", { query: { a: Number.NaN } }],
    ["query", { query: { a: new Date("never") } }],
    ["headers", { headers: { b: null } as never }],
    ["headers", { headers: { "x-name": "a\u0100" } }],
    ["headers", { headers: { "Transfer-Encoding": "chunked" } }],
    ["headers", { headers: { Host: "elsewhere" } }],
    ["body", { body: Readable.from(["a"]) }],
    ["body", { body: new Map() }],
    ["body", { body: () => 1 }],
    ["body", { body: Symbol("a") }],
    ["idempotent", { idempotent: "false" as never }],
    ["authenticate", { authenticate: 0 as never }]
  ])("%s that would be taken for something else is refused, and nothing is sent: %o", async (field, options) => {
    const { linxio, server } = await mirror()
    const error = await rejectionOf(linxio.request("PUT", "/things", options))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(error).toMatchObject({ issues: [{ field }] })
    expect(server.seen).toEqual([])
  })

  it("bytes of any kind as they are", async () => {
    const { linxio, server } = await mirror()
    const bytes = new TextEncoder().encode("-bytes-")
    await linxio.request("PUT", "/things", { body: new DataView(bytes.buffer, 1, 5) })
    await linxio.request("PUT", "/things", { body: new Uint16Array(bytes.slice(1, 5).buffer) })
    expect(server.seen.map(({ body }) => body)).toEqual(["bytes", "byte"])
  })

  it("an Accept of the caller's own, and JSON is asked for otherwise", async () => {
    const accepts: Array<string | undefined> = []
    const server = await plainServer((request, response) => {
      accepts.push(request.headers.accept)
      response.end("a,b")
    })
    const linxio = clientOf(server, token)
    await linxio.request("GET", "/report", { responseType: "text" })
    await linxio.request("GET", "/report", { responseType: "text", headers: { Accept: "text/csv" } })
    expect(accepts).toEqual(["application/json", "text/csv"])
  })

  it("a body: JSON, unless it is text, bytes or a form", async () => {
    const { linxio, server, types } = await mirror()
    const form = new FormData()
    form.set("name", "value")
    const bodies = [
      { id: 1 },
      [1, 2],
      0,
      false,
      null,
      "text",
      new TextEncoder().encode("bytes"),
      new URLSearchParams({ a: "1" }),
      form
    ]
    for (const body of bodies) await linxio.request("PUT", "/things", { body })
    expect(server.seen.slice(0, 8).map(({ body }) => body)).toEqual([
      `{"id":1}`,
      "[1,2]",
      "0",
      "false",
      "null",
      "text",
      "bytes",
      "a=1"
    ])
    expect(server.seen[8]?.body).toContain(`name="name"`)
    expect(types.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "application/json"))
    expect(types[7]).toContain("application/x-www-form-urlencoded")
    expect(types[8]).toContain("multipart/form-data; boundary=")
  })

  it("a stream, once; refused with a 401 it is not sent again, but the session is renewed for the next call", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const stream = () => new Blob(["{}"]).stream()
    fake.inject({ fault: "expire-access-tokens" })
    const error = await rejectionOf(linxio.request("POST", "/logout", { body: stream() }))
    expect(error).toMatchObject({ reason: "Unauthenticated", replayable: false, sessionRefreshed: true })
    expect(fake.requests.map(({ path, status }) => [path, status])).toEqual([
      ["/logout", 401],
      ["/token/refresh", 200]
    ])
    await expect(linxio.request("GET", "/vehicles/count")).resolves.toEqual({ count: 3 })
  })

  it("headers of the caller's own; an Authorization among them is left alone, and never refreshed (I-14)", async () => {
    const { linxio, server } = await mirror()
    await linxio.request("GET", "/a", { headers: { authorization: "Basic abc" } })
    await linxio.request("GET", "/b", { authenticate: false })
    await linxio.request("GET", "/c", { headers: { "x-test": "1" } })
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(["Basic abc", undefined, "Bearer a.b.c"])
    const fake = await serve()
    const signed = await signedIn(fake)
    const error = await rejectionOf(signed.request("GET", "/me", { headers: { Authorization: "Bearer not-ours" } }))
    expect(error).toMatchObject({ name: "LinxioApiError", status: 401 })
    expect(fake.refreshes).toBe(0)
    expect(fake.requests).toHaveLength(1)
  })

  it("to a path below the base URL, with or without a slash, also when it is written out in full", async () => {
    const { linxio, server } = await mirror()
    for (const path of ["vehicles", "/vehicles", "/vehicles/", `${server.baseUrl}/vehicles`])
      await linxio.request("get", path)
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/vehicles",
      "GET /api/vehicles",
      "GET /api/vehicles/",
      "GET /api/vehicles"
    ])
  })

  it("a login by its path carries no bearer and is not repeated (I-31, I-33)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { retry: { retries: 3, delayMs: 1 } })
    fake.inject({ fault: "status", endpoint: "login", status: 503, times: 4 })
    const error = await rejectionOf(
      linxio.request("POST", "/login", { body: { email: "a@example.test", password: "x" }, idempotent: true })
    )
    expect(error).toMatchObject({ status: 503, attempts: 1 })
    expect(fake.bearerOnAuthEndpoints).toEqual([])
  })
})

describe("what comes back", () => {
  it("null for an empty body, text or bytes on demand", async () => {
    const server = await plainServer((request, response) => {
      if (request.url === "/api/empty") response.writeHead(204).end()
      else response.end(`{"ä":1}`)
    })
    const linxio = clientOf(server, token)
    await expect(linxio.request("DELETE", "/empty")).resolves.toBeNull()
    await expect(linxio.request("HEAD", "/full")).resolves.toBeNull()
    await expect(linxio.request("GET", "/full")).resolves.toEqual({ ä: 1 })
    await expect(linxio.request("GET", "/full", { responseType: "text" })).resolves.toBe(`{"ä":1}`)
    const bytes = await linxio.request<ArrayBuffer>("GET", "/full", { responseType: "arrayBuffer" })
    expect(new TextDecoder().decode(bytes)).toBe(`{"ä":1}`)
    const unknown = linxio.request("GET", "/full", { responseType: "xml" as never })
    expect(await rejectionOf(unknown)).toBeInstanceOf(LinxioValidationError)
  })

  it("an error that names the request without its query, and what Linxio said without its secrets (I-32)", async () => {
    const server = await plainServer((_, response) => {
      response.writeHead(422, { "content-type": "application/json", "x-request-id": "request-1" })
      response.end(
        `{"errors":[{"code":422,"title":"ValidationException","detail":{"regNo":"is taken"}}],"token":"s3cr3t","echo":"a.b.c"}`
      )
    })
    const error = await rejectionOf(
      clientOf(server, token).request("POST", "/vehicles?apiKey=s3cr3t", { query: { pin: "s3cr3t" }, body: {} })
    )
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toMatchObject({
      status: 422,
      method: "POST",
      path: "/api/vehicles",
      requestId: "request-1",
      attempts: 1,
      retryable: false
    })
    expect(String(error)).toContain("regNo: is taken")
    expect(JSON.stringify(error)).not.toContain("s3cr3t")
    expect(JSON.stringify(error)).not.toContain("a.b.c")
  })

  it("no redirect for a 304, which answers a condition of the caller's own", async () => {
    const server = await plainServer((_, response) => void response.writeHead(304, { location: "/api/other" }).end())
    const error = await rejectionOf(
      clientOf(server, token).request("GET", "/vehicles", { headers: { "if-none-match": `"1"` } })
    )
    expect(error).toMatchObject({
      status: 304,
      reason: "Refused",
      message: "Linxio answered GET /api/vehicles with 304 Not Modified"
    })
    expect(server.seen).toHaveLength(1)
  })

  it("a decode error for what is no JSON, without the body in it", async () => {
    const server = await plainServer((_, response) => void response.end("s3cr3t: not json"))
    const error = await rejectionOf(clientOf(server, token).request("GET", "/x?key=s3cr3t"))
    expect(error).toBeInstanceOf(LinxioDecodeError)
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("s3cr3t")
  })
})
