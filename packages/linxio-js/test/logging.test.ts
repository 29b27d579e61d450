/** What a client tells of itself: to a logger, to DEBUG, and to whoever prints it. */
import { inspect } from "node:util"
import { createClient, type Logger } from "linxio-js"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { clientOf, credentials, rejectionOf, serve, signedIn, until } from "./support.ts"

const written = () => {
  const entries: Array<{ readonly level: string; readonly message: string; readonly details: unknown }> = []
  const at = (level: string) => (message: string, details?: unknown) => void entries.push({ level, message, details })
  const logger: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }
  return { entries, logger }
}

describe("a logger", () => {
  it("is given the facts of each attempt and each call: method, path, status, attempts, request id (F-29)", async () => {
    const { entries, logger } = written()
    const linxio = await signedIn(await serve(), { logger })
    await linxio.request("GET", "/vehicles/count")
    await until(() => entries.filter(({ message }) => message.endsWith(": ok")).length === 2)
    expect(entries.map(({ level, message }) => `${level} ${message}`)).toEqual([
      "debug linxio POST /api/login: attempt 1: 200",
      "info linxio session: signedIn",
      "debug linxio auth.login: ok",
      "debug linxio GET /api/vehicles/count: attempt 1: 200",
      "debug linxio GET /api/vehicles/count: ok"
    ])
    const facts = { method: "GET", path: "/api/vehicles/count", status: 200, durationMs: expect.any(Number) }
    expect(entries[3]?.details).toMatchObject({ ...facts, attempt: 1, requestId: expect.stringMatching(/./) })
    expect(entries[4]?.details).toMatchObject({ ...facts, attempts: 1, requestId: expect.stringMatching(/./) })
  })

  it("is told of each retry with its wait, and of what failed in the end as a warning (F-29)", async () => {
    const { entries, logger } = written()
    const fake = await serve()
    const linxio = await signedIn(fake, { logger, retry: { retries: 1, delayMs: 1 } })
    entries.length = 0
    fake.inject({ fault: "status", endpoint: "vehicles.count", status: 503, times: 2 })
    await rejectionOf(linxio.request("GET", "/vehicles/count"))
    await until(() => entries.length === 4)
    expect(entries.map(({ level, message }) => `${level} ${message.replace(/in \d+ ms/, "in … ms")}`)).toEqual([
      "debug linxio GET /api/vehicles/count: attempt 1: 503",
      expect.stringMatching(/^info linxio retry in … ms: Linxio answered GET \/api\/vehicles\/count with 503/),
      "debug linxio GET /api/vehicles/count: attempt 2: 503",
      expect.stringMatching(
        /^warn linxio GET \/api\/vehicles\/count: LinxioApiError: Linxio answered GET \/api\/vehicles\/count with 503/
      )
    ])
    expect(entries[1]?.details).toMatchObject({ attempt: 1, delayMs: expect.any(Number), error: "LinxioApiError" })
    expect(entries[3]?.details).toMatchObject({ attempts: 2, status: 503, error: "LinxioApiError" })
  })

  it("is told why a session failed a call, and is not warned of what the caller aborted", async () => {
    const { entries, logger } = written()
    const linxio = clientOf(await serve(), { logger })
    await rejectionOf(linxio.request("GET", "/me"))
    const controller = new AbortController()
    const aborted = rejectionOf(linxio.request("GET", "/me", { authenticate: false, signal: controller.signal }))
    controller.abort()
    await aborted
    await until(() => entries.some(({ message }) => message.includes("LinxioAbortError:")))
    expect(entries[0]).toMatchObject({ level: "warn", details: { reason: "NotSignedIn", attempts: 0 } })
    expect(entries.find(({ message }) => message.includes("LinxioAbortError:"))?.level).toBe("debug")
  })

  it("is told no query and no user name of a path, which may hold secrets (I-32)", async () => {
    const { entries, logger } = written()
    const linxio = await signedIn(await serve(), { logger })
    await linxio.request("GET", "/vehicles/count?key=canary-1")
    await rejectionOf(linxio.request("GET", "https://me:canary-2@linxio.test/vehicles"))
    await linxio.request("GET", "/vehicles/count", { query: { key: "canary-3" } })
    await until(() => entries.length === 8)
    expect(JSON.stringify(entries)).not.toContain("canary")
  })

  it("that throws or rejects fails no call (I-19)", async () => {
    const unhandled = vi.fn()
    process.on("unhandledRejection", unhandled)
    onTestFinished(() => void process.off("unhandledRejection", unhandled))
    const logger = {
      debug: () => Promise.reject(new Error("the disk is full")),
      info: () => {
        throw new Error("the disk is full")
      },
      warn: () => {},
      error: () => {}
    }
    const linxio = await signedIn(await serve(), { logger })
    expect(await linxio.request("GET", "/vehicles/count")).toEqual({ count: 3 })
    await new Promise(setImmediate)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe("DEBUG", () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  it.each(["linxio", "express,linxio", "linxio:*", "*"])(
    "%s writes to standard error what a logger is told",
    async (names) => {
      vi.stubEnv("DEBUG", names)
      const write = vi.spyOn(console, "error").mockImplementation(() => {})
      await signedIn(await serve())
      await until(() => write.mock.calls.length === 3)
      expect(write.mock.calls.map(([message]) => String(message)).sort()).toEqual([
        "linxio POST /api/login: attempt 1: 200",
        "linxio auth.login: ok",
        "linxio session: signedIn"
      ])
    }
  )

  it.each(["", "linxio-other", "express"])("%j writes nothing", async (names) => {
    vi.stubEnv("DEBUG", names)
    const write = vi.spyOn(console, "error").mockImplementation(() => {})
    await signedIn(await serve())
    expect(write).not.toHaveBeenCalled()
  })

  it("leaves a client with a logger to its logger", async () => {
    vi.stubEnv("DEBUG", "linxio")
    const write = vi.spyOn(console, "error").mockImplementation(() => {})
    const { entries, logger } = written()
    await signedIn(await serve(), { logger })
    await until(() => entries.length === 3)
    expect(write).not.toHaveBeenCalled()
  })
})

describe("a printed client", () => {
  it("shows where it leads and how its session is", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    expect(inspect(linxio)).toMatch(
      /^LinxioClient \{\n {2}baseUrl: 'http:\/\/127\.0\.0\.1:\d+\/api\/',\n {2}session: \{/
    )
    expect(inspect(linxio)).toContain("state: 'active'")
    expect(JSON.parse(JSON.stringify(linxio))).toMatchObject({
      baseUrl: `${fake.baseUrl}/`,
      session: { state: "active" }
    })
  })

  it("shows no secret (I-32)", async () => {
    const fake = await serve()
    const linxio = clientOf(fake)
    const { data } = await linxio.auth.login(credentials)
    const printed = [inspect(linxio, { depth: null, showHidden: true }), JSON.stringify(linxio)].join("\n")
    expect(data?.token).toBeTypeOf("string")
    for (const secret of [data?.token, data?.refreshToken, credentials.password]) expect(printed).not.toContain(secret)
  })

  it("shows it when nobody is signed in", () => {
    expect(JSON.parse(JSON.stringify(createClient()))).toEqual({
      baseUrl: "https://api.linxio.com/api/",
      session: { state: "anonymous", refreshable: false }
    })
  })
})
