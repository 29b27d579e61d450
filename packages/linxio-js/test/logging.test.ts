/** What a client tells of itself: to a logger, to DEBUG, and to whoever prints it. */
import { inspect } from "node:util"
import { createClient, type Logger } from "linxio-js"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { clientOf, credentials, rejectionOf, serve, signedIn, until } from "./support.ts"

const written = () => {
  const lines: Array<string> = []
  const write = (message: string, details?: unknown) => void lines.push(`${message} ${JSON.stringify(details)}`)
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  return { lines, logger }
}

describe("a logger", () => {
  it("is told how each call ended and how long it took", async () => {
    const { lines, logger } = written()
    const linxio = await signedIn(await serve(), { logger })
    await linxio.request("GET", "/vehicles/count")
    await rejectionOf(linxio.request("GET", "/nowhere"))
    // What happens to the session is told in its own time.
    await until(() => lines.length === 4)
    expect(lines).toContainEqual(expect.stringMatching(/^linxio session: signedIn /))
    expect(lines.filter((line) => !line.startsWith("linxio session"))).toEqual([
      expect.stringMatching(/^linxio auth\.login: ok \{"ms":\d+\}$/),
      expect.stringMatching(/^linxio GET \/vehicles\/count: ok \{"ms":\d+\}$/),
      expect.stringMatching(/^linxio GET \/nowhere: LinxioApiError: Linxio answered GET \/api\/nowhere with 404/)
    ])
  })

  it("is told no query and no user name of a path, which may hold secrets (I-32)", async () => {
    const { lines, logger } = written()
    const linxio = await signedIn(await serve(), { logger })
    await linxio.request("GET", "/vehicles/count?key=canary-1")
    await rejectionOf(linxio.request("GET", "https://me:canary-2@linxio.test/vehicles"))
    await linxio.request("GET", "/vehicles/count", { query: { key: "canary-3" } })
    await until(() => lines.length === 5)
    expect(lines.join("\n")).not.toContain("canary")
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
      await until(() => write.mock.calls.length === 2)
      expect(write.mock.calls.map(([message]) => String(message)).sort()).toEqual([
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
    const { lines, logger } = written()
    await signedIn(await serve(), { logger })
    await until(() => lines.length === 2)
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
