/** What a caller gives is read once, own properties only, and whatever it does while it is read is a typed refusal (F-28). */
import { createClient, LinxioConfigurationError, LinxioError, LinxioValidationError } from "linxio-js"
import { afterEach, describe, expect, it } from "vitest"
import { clientOf, credentials, plainServer, rejectionOf, serve, signedIn } from "./support.ts"

const secret = "s3cr3t"
const thrower = (name: string): object =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get: () => {
      throw new Error(secret)
    }
  })
const trap = () => {
  throw new Error(secret)
}
const proxy = new Proxy(
  {},
  { ownKeys: trap, get: trap, has: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap }
)

const polluted: Array<string> = []
const pollute = (name: string, value: unknown): void => {
  polluted.push(name)
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false })
}
afterEach(() => {
  for (const name of polluted.splice(0)) Reflect.deleteProperty(Object.prototype, name)
})

const bad = (value: unknown): never => value as never

const signedInTo = async () => {
  const server = await plainServer((_, response) => void response.end("{}"))
  return { server, linxio: clientOf(server, { token: "a.b.c" }) }
}

const textOf = (error: unknown): string => `${String(error)} ${JSON.stringify(error)} ${String(Object(error).stack)}`

describe("createClient", () => {
  it.each<[string, unknown]>([
    ["a getter that throws", thrower("token")],
    ["a proxy that throws", proxy],
    ["retry with a getter that throws", { retry: thrower("retries") }],
    ["refresh that is such a proxy", { refresh: proxy }],
    ["a base URL whose text throws", { baseUrl: { toString: trap } }],
    ["a store whose methods throw when they are looked at", { store: thrower("load") }],
    ["a logger that is such a proxy", { logger: proxy }],
    ["a time that throws", { token: "a.b.c", expireAt: { valueOf: trap, toString: trap } }],
    ["a list that throws", { expiryWarningsMs: new Proxy([1], { get: trap }) }]
  ])("throws a LinxioConfigurationError for %s, without what was thrown (F-28)", (_, options) => {
    let error: unknown
    try {
      createClient(bad(options))
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(LinxioConfigurationError)
    expect(textOf(error)).not.toContain(secret)
  })

  it("takes an object without a prototype", () => {
    expect(createClient(Object.assign(Object.create(null) as object, { token: "a.b.c" })).session()).toEqual({
      token: "a.b.c"
    })
  })

  it("reads an option once: the bearer goes where the checked base URL leads (F-28)", async () => {
    const good = await plainServer((_, response) => void response.end("{}"))
    const evil = await plainServer((_, response) => void response.end("{}"))
    let reads = 0
    const options = Object.defineProperty({ token: "a.b.c" }, "baseUrl", {
      enumerable: true,
      get: () => (reads++ === 0 ? good.baseUrl : evil.baseUrl)
    })
    const linxio = createClient(options)
    await linxio.request("GET", "/one")
    await linxio.close()
    expect([reads, good.seen.length, evil.seen.length]).toEqual([1, 1, 0])
  })

  it("takes nothing from Object.prototype: not where the bearer goes, nor what is sent (F-28)", async () => {
    const good = await plainServer((_, response) => void response.end("{}"))
    const evil = await plainServer((_, response) => void response.end("{}"))
    pollute("baseUrl", evil.baseUrl)
    pollute("store", {})
    pollute("authenticate", false)
    pollute("query", { stolen: 1 })
    pollute("responseType", "xml")
    pollute("email", 5)
    process.env["LINXIO_BASE_URL"] = good.baseUrl
    const linxio = createClient({ token: "a.b.c" })
    delete process.env["LINXIO_BASE_URL"]
    await linxio.request("GET", "/one", {})
    await linxio.request("GET", "/two")
    await linxio.close()
    expect(good.seen.map(({ authorization, path }) => [path, authorization])).toEqual([
      ["/api/one", "Bearer a.b.c"],
      ["/api/two", "Bearer a.b.c"]
    ])
    expect(evil.seen).toEqual([])
  })

  it("takes no trait of an operation from Object.prototype: neither a body, nor a query, nor leave to repeat it (F-28)", async () => {
    const server = await plainServer((_, response) => void response.writeHead(503).end("{}"))
    pollute("query", { names: ["page"] })
    pollute("payload", { kind: "text" })
    pollute("field", "stolen")
    pollute("idempotent", true)
    const { error } = await clientOf(server, { token: "a.b.c", retry: { delayMs: 0 } }).vehicles.create({ vin: "x" })
    expect(error).toMatchObject({ status: 503, attempts: 1 })
    const { metadata } = clientOf(server, { token: "a.b.c", retry: { retries: 0 } })
    await metadata.roles({ timeoutMs: 5_000 })
    expect(server.seen.map(({ body, path }) => [path, body])).toEqual([
      ["/api/vehicles", '{"vin":"x"}'],
      ["/api/roles", ""]
    ])
  })
})

describe("a call", () => {
  it.each<[string, string, object]>([
    ["a getter that throws", "options", thrower("query")],
    ["a proxy that throws", "options", proxy],
    ["a query with a getter that throws", "query", { query: thrower("page") }],
    ["a query that is such a proxy", "query", { query: proxy }],
    ["headers with a getter that throws", "headers", { headers: thrower("x-a") }],
    ["headers that are such a proxy", "headers", { headers: proxy }],
    ["a body with a getter that throws", "body", { body: thrower("id") }],
    ["a body that is such a proxy", "body", { body: proxy }],
    ["a body that is a promise", "body", { body: Promise.resolve({}) }],
    ["retry with a getter that throws", "retry", { retry: thrower("retries") }],
    ["a signal that is such a proxy", "options", { signal: proxy }],
    ["a signal that cannot be listened to", "signal", { signal: { aborted: false, removeEventListener: trap } }],
    ["a signal that cannot be left", "signal", { signal: { aborted: false, addEventListener: () => undefined } }],
    [
      "a signal that throws when it is listened to",
      "signal",
      { signal: { aborted: false, addEventListener: trap, removeEventListener: trap } }
    ]
  ])("request refuses %s as %s, and sends nothing (F-28)", async (_, field, options) => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const error = await rejectionOf(linxio.request("PUT", "/things", options))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(error).toMatchObject({ issues: [{ field }] })
    expect(textOf(error)).not.toContain(secret)
    expect(fake.requests).toEqual([])
  })

  it("of auth gives the same as data, and sends nothing (F-28)", async () => {
    const fake = await serve()
    const { auth } = await signedIn(fake)
    const results = await Promise.all([
      auth.login(bad(thrower("password"))),
      auth.login(bad(proxy)),
      auth.login(credentials, bad(proxy)),
      auth.verifyOtp(bad(thrower("code"))),
      auth.verifyOtp({ email: "a@example.test", code: "1" }, bad(thrower("timeoutMs"))),
      auth.refresh(bad(proxy)),
      auth.me(bad(thrower("fields"))),
      auth.me({ fields: bad(new Proxy(["id"], { get: trap })) }),
      auth.me({ signal: bad({ aborted: false, addEventListener: () => undefined }) })
    ])
    for (const { error } of results) {
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(textOf(error)).not.toContain(secret)
    }
    expect(fake.requests).toEqual([])
  })

  it("of a domain does so too (F-28)", async () => {
    const { linxio, server } = await signedInTo()
    const results = await Promise.all([
      linxio.vehicles.list(bad(proxy)),
      linxio.vehicles.list({}, bad(proxy)),
      linxio.vehicles.get(bad(proxy)),
      linxio.vehicles.create(bad(thrower("regNo"))),
      linxio.vehicles.create(bad(Promise.resolve({ regNo: "LNX-001" }))),
      linxio.vehicles.iterate(bad(proxy))
    ])
    for (const { error } of results) {
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(textOf(error)).not.toContain(secret)
    }
    expect(server.seen).toEqual([])
  })

  it("logout signs out whatever it is given, proxies too (F-28, I-16)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    expect(await linxio.auth.logout(bad(proxy))).toEqual({ data: null, error: null })
    expect(linxio.session()).toBeNull()
  })

  it("setSession and onSessionChange throw a typed error (F-28)", () => {
    const linxio = clientOf({ baseUrl: "http://127.0.0.1:9/api" })
    expect(() => linxio.setSession(bad(thrower("token")))).toThrow(LinxioValidationError)
    expect(() => linxio.setSession(bad(proxy))).toThrow(LinxioValidationError)
    expect(() => linxio.setSession(bad({ token: "a.b.c", expireAt: { valueOf: trap, toString: trap } }))).toThrow(
      LinxioError
    )
    expect(() => linxio.onSessionChange(() => undefined, bad(proxy))).toThrow(LinxioValidationError)
  })

  it("ends although its signal throws when it is left, or when it is asked for its reason (F-28)", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const linxio = clientOf(server, { token: "a.b.c" })
    const leaving = { aborted: false, addEventListener: () => undefined, removeEventListener: trap }
    await expect(linxio.request("GET", "/one", { signal: bad(leaving) })).resolves.toEqual({})
    let abort = () => undefined as void
    const silent = {
      aborted: false,
      get reason() {
        return trap()
      },
      addEventListener: (_: string, listener: () => void) => (abort = listener),
      removeEventListener: () => undefined
    }
    const call = rejectionOf(linxio.request("GET", "/two", { signal: bad(silent) }))
    abort()
    expect(await call).toMatchObject({ name: "LinxioAbortError" })
  })
})
