/** The headers of every request: those of the client, and how the SDK names itself (F-32). */
import { inspect } from "node:util"
import { createClient, LinxioConfigurationError } from "linxio-js"
import type { ClientOptions } from "linxio-js"
import { afterEach, describe, expect, it, vi } from "vitest"
import { clientOf, credentials, dataOf, plainServer, rejectionOf, serve } from "./support.ts"

/** A server that tells the headers it was sent. */
const mirror = async (status = 200, body = "{}") => {
  const headers: Array<Record<string, unknown>> = []
  const server = await plainServer((request, response) => {
    headers.push(request.headers)
    response.writeHead(status, { "content-type": "application/json" }).end(body)
  })
  return { server, headers }
}

const token = { token: "a.b.c", retry: { retries: 0 } }

afterEach(() => vi.unstubAllGlobals())

describe("headers of a client", () => {
  it("go with every request, those of sign-in and refresh too, and a call's own go before them (F-32)", async () => {
    const fake = await serve()
    const seen: Array<[string, string | null, string | null]> = []
    const linxio = clientOf(fake, {
      headers: { "x-team": "fleet", "Accept-Language": "en-AU" },
      fetch: (input, init) => {
        const request = new Request(input, init)
        const { headers, url } = request
        seen.push([new URL(url).pathname, headers.get("x-team"), headers.get("accept-language")])
        return fetch(request)
      }
    })
    await dataOf(linxio.auth.login(credentials))
    await dataOf(linxio.auth.refresh())
    await linxio.request("GET", "/vehicles/count", { headers: { "accept-language": "de" } })
    await dataOf(linxio.auth.logout())
    expect(seen).toEqual([
      ["/api/login", "fleet", "en-AU"],
      ["/api/token/refresh", "fleet", "en-AU"],
      ["/api/vehicles/count", "fleet", "de"],
      ["/api/logout", "fleet", "en-AU"]
    ])
  })

  it.each<[string, ClientOptions["headers"]]>([
    ["authorization: it belongs to the session (give token, or sign in)", { Authorization: "Bearer x" }],
    ["cookie", [["Cookie", "a=b"]]],
    ["content-type", new Headers({ "content-type": "text/plain" })],
    ["idempotency-key", { "idempotency-key": "1" }],
    ["host", { host: "elsewhere" }],
    ["a value that is not a string", { "x-a": 1 as never }],
    ["a name or a value", { "x a": "1" }],
    ["be read", new Proxy({}, { ownKeys: () => Reflect.apply(Symbol, undefined, [Symbol.iterator]) as never })]
  ])("that say something of one request, of the session or of the connection are refused: %s", (what, headers) => {
    const made = () => createClient(headers ? { headers } : {})
    expect(made).toThrow(LinxioConfigurationError)
    expect(made).toThrow(what)
    expect(made).toThrow("headers")
  })

  it("that are secrets are in no error and in nothing that is printed (I-32)", async () => {
    const { server } = await mirror(422, `{"message":"the key k-s3cr3t is not known","echo":"k-s3cr3t"}`)
    const linxio = clientOf(server, { ...token, headers: { "x-api-key": "k-s3cr3t" } })
    const error = await rejectionOf(linxio.request("GET", "/vehicles"))
    const own = await rejectionOf(linxio.request("GET", "/vehicles", { headers: { "x-api-key": "k-s3cr3t" } }))
    for (const told of [error, own, linxio]) expect(`${JSON.stringify(told)} ${inspect(told)}`).not.toContain("s3cr3t")
  })
})

describe("the user agent", () => {
  it("names this SDK and its version, unless the client names another (F-32)", async () => {
    const { headers, server } = await mirror()
    await clientOf(server, token).request("GET", "/one")
    await clientOf(server, { ...token, headers: { "User-Agent": "fleet-report/2.1" } }).request("GET", "/two")
    expect(headers.map((sent) => sent["user-agent"])).toEqual([
      expect.stringMatching(/^linxio-js\/\d+\.\d+\.\d+/),
      "fleet-report/2.1"
    ])
  })

  it("is left alone in a browser, where a header more could stop every call (F-32)", async () => {
    vi.stubGlobal("window", {})
    const { headers, server } = await mirror()
    await clientOf(server, token).request("GET", "/one")
    expect(headers.map((sent) => String(sent["user-agent"]))).toEqual([expect.not.stringContaining("linxio")])
  })
})
