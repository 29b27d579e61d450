/** What `createClient` and `request` refuse before anything is sent. */
import { createClient, LinxioConfigurationError, LinxioValidationError } from "linxio-js"
import type { ClientOptions } from "linxio-js"
import { afterEach, describe, expect, it, vi } from "vitest"
import { clientOf, credentials, dataOf, plainServer, rejectionOf, serve, signedIn } from "./support.ts"

const thrownBy = (options: unknown): unknown => {
  try {
    createClient(options as never)
  } catch (error) {
    return error
  }
  throw new Error("createClient took it")
}

const noop = () => undefined

afterEach(() => vi.unstubAllEnvs())

describe("createClient throws a LinxioConfigurationError that names the option", () => {
  it.each<[string, unknown]>([
    ["options", 5],
    ["options", "https://api.linxio.com/api"],
    ["colour", { colour: "blue" }],
    ["basUrl", { basUrl: "https://api.linxio.com/api" }],
    ["baseUrl", { baseUrl: "not a url" }],
    ["baseUrl", { baseUrl: "/api" }],
    ["baseUrl", { baseUrl: 5 }],
    ["baseUrl", { baseUrl: "ftp://api.linxio.com/api" }],
    ["baseUrl", { baseUrl: "https://user:secret@api.linxio.com/api" }],
    ["baseUrl", { baseUrl: "https://api.linxio.com/api?key=1" }],
    ["baseUrl", { baseUrl: "http://api.linxio.com/api" }],
    ["baseUrl", { baseUrl: "http://127.0.0.1.example.com/api" }],
    ["baseUrl", { baseUrl: new URL("http://192.168.0.1/api") }],
    ["timeoutMs", { timeoutMs: Number.NaN }],
    ["timeoutMs", { timeoutMs: -1 }],
    ["timeoutMs", { timeoutMs: 0 }],
    ["timeoutMs", { timeoutMs: Number.POSITIVE_INFINITY }],
    ["timeoutMs", { timeoutMs: 2 ** 31 }],
    ["timeoutMs", { timeoutMs: "30000" }],
    ["deadlineMs", { deadlineMs: Number.NaN }],
    ["deadlineMs", { deadlineMs: Number.NEGATIVE_INFINITY }],
    ["retry", { retry: 3 }],
    ["retry", { retry: null }],
    ["retry", { retry: "often" }],
    ["retry.attempts", { retry: { attempts: 3 } }],
    ["retry.retries", { retry: { retries: -1 } }],
    ["retry.retries", { retry: { retries: 1.5 } }],
    ["retry.retries", { retry: { retries: Number.NaN } }],
    ["retry.retries", { retry: { retries: Number.POSITIVE_INFINITY } }],
    ["retry.delayMs", { retry: { delayMs: -1 } }],
    ["retry.delayMs", { retry: { delayMs: Number.NaN } }],
    ["retry.maxDelayMs", { retry: { maxDelayMs: Number.POSITIVE_INFINITY } }],
    ["retry.maxRetryAfterMs", { retry: { maxRetryAfterMs: -5 } }],
    ["retry.schedule", { retry: { schedule: {} } }],
    ["retry.statuses", { retry: { statuses: [409] } }],
    ["retry.methods", { retry: { methods: ["POST"] } }],
    ["refresh", { refresh: 5_000 }],
    ["refresh.schedule", { refresh: { schedule: {} } }],
    ["refresh.cooldown", { refresh: { cooldown: {} } }],
    ["refresh.deadlineMs", { refresh: { deadlineMs: 0 } }],
    ["refresh.attemptTimeoutMs", { refresh: { attemptTimeoutMs: "1" } }],
    ["retryBudget", { retryBudget: 0.5 }],
    ["expiryWarningsMs", { expiryWarningsMs: 86_400_000 }],
    ["expiryWarningsMs", { expiryWarningsMs: ["7 days"] }],
    ["fetch", { fetch: "fetch" }],
    ["fetch", { fetch: null }],
    ["store", { store: {} }],
    ["store", { store: { load: noop } }],
    ["store", { store: null }],
    ["store", { store: { load: noop, save: noop, clear: noop, lock: noop } }],
    ["store", { store: { load: noop, swap: true } }],
    ["logger", { logger: { debug: noop, info: noop, warn: noop } }],
    ["logger", { logger: noop }],
    ["token", { token: "line\r\nbreak" }],
    ["token", { token: 5 }],
    ["refreshToken", { refreshToken: "white space" }],
    ["expireAt", { token: "a.b.c", expireAt: "tomorrow" }],
    ["expireAt", { token: "a.b.c", expireAt: new Date(Number.NaN) }]
  ])("%s: %j", (option, options) => {
    const error = thrownBy(options)
    expect(error).toBeInstanceOf(LinxioConfigurationError)
    expect(error).toMatchObject({ name: "LinxioConfigurationError", option, retryable: false })
    expect(String(error)).toContain(option)
  })

  it("and not the value, where that is a secret (I-32)", () => {
    for (const options of [
      { token: "s3cr3t\n" },
      { refreshToken: "s3cr3t s3cr3t" },
      { baseUrl: "https://u:s3cr3t@example.com" }
    ]) {
      const error = thrownBy(options)
      expect(error).toBeInstanceOf(LinxioConfigurationError)
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("s3cr3t")
    }
  })
})

describe("an option that does not exist", () => {
  it.each([
    ["basUrl", "baseUrl"],
    ["BaseURL", "baseUrl"],
    ["timeout", "timeoutMs"],
    ["expiresAt", "expireAt"]
  ])("%s of a client: the error names it and the near %s", (given, near) => {
    expect(thrownBy({ [given]: 1 })).toMatchObject({ option: given, issue: `is not an option: did you mean ${near}?` })
  })

  it.each<[object, string, string]>([
    [{ url: "https://api.linxio.com/api" }, "url", "baseUrl"],
    [{ apiKey: "s3cr3t" }, "apiKey", "auth.login"],
    [{ retries: 3 }, "retries", "retry.retries"],
    [{ maxRetries: 3 }, "maxRetries", "retry.retries"],
    [{ retry: { maxRetries: 3 } }, "retry.maxRetries", "retry.retries"],
    [{ retry: { retryUnsafeMethods: true } }, "retry.retryUnsafeMethods", "idempotent: true"]
  ])("that other libraries have: %j of a client, the error says what is meant (F-35)", (given, option, hint) => {
    const error = thrownBy(given)
    expect(error).toMatchObject({ option, issue: expect.stringContaining(hint) })
    expect(String(error)).not.toContain("s3cr3t")
  })

  it("of a client or of its retries: no name is suggested where none is near", () => {
    expect(thrownBy({ colour: 1 })).toMatchObject({ issue: "is not an option" })
    expect(thrownBy({ constructor: 1 })).toMatchObject({ option: "constructor" })
    expect(thrownBy({ retry: { attempts: 1 } })).toMatchObject({ issue: "is not an option" })
    expect(thrownBy({ retry: { delay: 1 } })).toMatchObject({ issue: "is not an option: did you mean delayMs?" })
  })

  it("of a method of auth: the result is an error, and nothing is sent", async () => {
    const fake = await serve()
    const { auth } = await signedIn(fake)
    const options = { deadlineMS: 5 } as never
    const results = [
      auth.login(credentials, options),
      auth.verifyOtp({ email: credentials.email, code: "123456" }, options),
      auth.refresh(options),
      auth.me(options)
    ]
    for (const { error } of await Promise.all(results)) {
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(Object(error).issues).toEqual([
        { field: "deadlineMS", issue: "is not an option: did you mean deadlineMs?" }
      ])
    }
    expect((await auth.me({ fields: ["id"] })).error).toBeNull()
    expect((await auth.refresh({ fields: ["id"] } as never)).error).toBeInstanceOf(LinxioValidationError)
    expect((await auth.refresh(5 as never)).error).toMatchObject({ issues: [{ field: "options" }] })
    expect(fake.requests.map(({ path }) => path)).toEqual(["/me"])
  })

  it("of onSessionChange throws, because a session that nobody is told of is not stored", () => {
    const linxio = createClient()
    expect(() => linxio.onSessionChange(noop, { presist: true } as never)).toThrow("did you mean persist?")
    expect(linxio.onSessionChange(noop, null as never)).toBeTypeOf("function")
  })
})

describe("createClient takes", () => {
  it.each<[string, ClientOptions | null | undefined]>([
    ["nothing", undefined],
    ["null, which session() gives when nobody is signed in", null],
    [
      "undefined for every option",
      { baseUrl: undefined, token: undefined, store: undefined, fetch: undefined, retry: undefined, logger: undefined }
    ],
    ["plain http to loopback", { baseUrl: "http://127.0.0.1:9/api" }],
    ["plain http to localhost", { baseUrl: "http://localhost:9/api" }],
    ["plain http to ::1", { baseUrl: "http://[::1]:9/api" }],
    ["plain http to anywhere, when told so", { baseUrl: "http://linxio.internal/api", allowInsecure: true }],
    ["console as a logger", { logger: console }],
    ["limits of a refresh", { refresh: { deadlineMs: 5_000, attemptTimeoutMs: undefined } }],
    ["a budget and warnings", { retryBudget: 0, expiryWarningsMs: [] }],
    ["the largest limits", { timeoutMs: 2 ** 31 - 1, deadlineMs: 2 ** 31 - 1, retry: { retries: 0, delayMs: 0 } }]
  ])("%s", (_, options) => {
    expect(createClient(options).session()).toBeNull()
  })

  it("tokens, and sends nothing for it", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    const linxio = clientOf(server, { token: "a.b.c", refreshToken: "refresh-token" })
    expect(linxio.session()).toEqual({ token: "a.b.c", refreshToken: "refresh-token" })
    expect(linxio.auth.health()).toMatchObject({ state: "active", refreshable: true })
    await linxio.request("GET", "/one")
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/one"])
    expect(server.sockets).toHaveLength(1)
  })
})

describe("LINXIO_BASE_URL", () => {
  it("is the default for baseUrl, and an option goes before it", async () => {
    const server = await plainServer((_, response) => void response.end("{}"))
    vi.stubEnv("LINXIO_BASE_URL", server.baseUrl)
    await createClient({ token: "a.b.c" }).request("GET", "/from-environment")
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/from-environment"])
    const fake = await serve()
    await dataOf(clientOf(fake).auth.login(credentials))
    expect(server.seen).toHaveLength(1)
    expect(fake.logins).toBe(1)
  })

  it("is refused like the option when it is malformed, and ignored when it is empty", () => {
    vi.stubEnv("LINXIO_BASE_URL", "nonsense")
    expect(thrownBy({})).toMatchObject({ name: "LinxioConfigurationError", option: "baseUrl" })
    vi.stubEnv("LINXIO_BASE_URL", "")
    expect(createClient().session()).toBeNull()
  })
})

describe("request refuses without sending", () => {
  const circle: { self?: object } = {}
  circle.self = circle
  it.each<[string, ReadonlyArray<unknown>]>([
    ["method", ["BREW", "/vehicles/count"]],
    ["method", [undefined, "/vehicles/count"]],
    ["path", ["GET", ""]],
    ["path", ["GET", undefined]],
    ["path", ["GET", "//elsewhere.example/vehicles"]],
    ["path", ["GET", "https://elsewhere.example/api/vehicles"]],
    ["path", ["GET", "/vehicles/../../etc"]],
    ["path", ["GET", "/vehicles/%2e%2e/count"]],
    ["path", ["GET", "/vehi\r\ncles"]],
    ["body", ["GET", "/vehicles/count", { body: {} }]],
    ["body", ["POST", "/vehicles", { body: circle }]],
    ["body", ["POST", "/vehicles", { body: { id: 1n } }]],
    ["query", ["GET", "/vehicles/count", { query: { from: new Date(Number.NaN) } }]],
    ["headers", ["GET", "/vehicles/count", { headers: { "x-test": "line\r\nbreak" } }]],
    ["headers", ["GET", "/vehicles/count", { headers: { "": "nameless" } }]],
    ["timeoutMs", ["GET", "/vehicles/count", { timeoutMs: Number.NaN }]],
    ["deadlineMs", ["GET", "/vehicles/count", { deadlineMs: -1 }]],
    ["retry.retries", ["GET", "/vehicles/count", { retry: { retries: Number.POSITIVE_INFINITY } }]],
    ["signal", ["GET", "/vehicles/count", { signal: "now" }]],
    ["bogus", ["GET", "/vehicles/count", { bogus: undefined }]],
    ["retry.attempts", ["GET", "/vehicles/count", { retry: { attempts: 3 } }]],
    ["retry.statuses", ["GET", "/vehicles/count", { retry: { statuses: [409] } }]],
    ["options", ["GET", "/vehicles/count", "query"]]
  ])("a %s that cannot be: %o", async (field, call) => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const error = await rejectionOf(Reflect.apply(linxio.request, linxio, call) as Promise<unknown>)
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(Object(error).issues).toEqual([{ field, issue: expect.any(String) }])
    expect(fake.requests).toEqual([])
  })

  it("but takes null for options, like nothing", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    await expect(linxio.request("get", "vehicles/count", null as never)).resolves.toEqual({ count: 3 })
  })
})
