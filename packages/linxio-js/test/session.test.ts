/** The session as its owner sees it: set, kept, watched, stored, and never shown to anybody else. */
import { inspect } from "node:util"
import type { ClientOptions, SessionChange } from "linxio-js"
import { LinxioValidationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  nextTurn,
  openSession,
  rejectionOf,
  serve,
  signedIn,
  uncaught,
  until
} from "./support.ts"

const get = "/vehicles/count"
const count = { count: 3 }

describe("session and setSession", () => {
  it("hydrates from a refresh token alone: it is refreshed first, and no request is wasted", async () => {
    const fake = await serve()
    const { refreshToken } = await openSession(fake)
    fake.clearRequestLog()
    const linxio = clientOf(fake, { refreshToken })
    expect(linxio.session()).toEqual({ refreshToken })
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    expect(fake.requests.map(({ path, status }) => [path, status])).toEqual([
      ["/token/refresh", 200],
      [get, 200]
    ])
  })

  it("hydrates from what session() gave, in a client that never signed in", async () => {
    const fake = await serve()
    const first = await signedIn(fake)
    const saved = first.session()
    const second = clientOf(fake)
    second.setSession(JSON.parse(JSON.stringify(saved)))
    expect(second.session()).toMatchObject({ token: saved?.token, refreshToken: saved?.refreshToken })
    await expect(second.request("GET", get)).resolves.toEqual(count)
    expect(fake.logins).toBe(0)
  })

  it("the same pair again is no change, another pair is one, and null forgets", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const changes: Array<string> = []
    linxio.onSessionChange(({ type }) => void changes.push(type))
    const { refreshToken, token } = linxio.session() ?? {}
    linxio.setSession({ token, refreshToken })
    await nextTurn()
    expect(changes).toEqual([])
    const other = await openSession(fake)
    linxio.setSession(other)
    expect(linxio.session()).toMatchObject(other)
    linxio.setSession(null)
    expect(linxio.session()).toBeNull()
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "NotSignedIn" })
    await until(() => changes.length === 2)
    expect(changes).toEqual(["signedIn", "signedOut"])
  })

  it("an access token alone keeps the refresh token of the same user, and is refused for another's", async () => {
    const other = { email: "other@example.test", password: "another horse" }
    const fake = await serve({ accounts: [credentials, other] })
    const linxio = await signedIn(fake)
    const { refreshToken } = linxio.session() ?? {}
    const { token } = await openSession(fake)
    linxio.setSession({ token })
    expect(linxio.session()).toMatchObject({ token, refreshToken })
    const others = await openSession(fake, other)
    expect(() => linxio.setSession({ token: others.token })).toThrow("refreshToken: null")
    expect(linxio.session()).toMatchObject({ token, refreshToken })
    linxio.setSession({ token: others.token, refreshToken: null })
    expect(linxio.session()).not.toHaveProperty("refreshToken")
  })

  it.each([
    undefined,
    {},
    "a.b.c",
    { token: "" },
    { token: "line\nbreak" },
    { token: 5 },
    { token: "a.b.c", expireAt: "soon" }
  ])("%j is refused, and the session stays", async (input) => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const before = linxio.session()
    expect(() => linxio.setSession(input as never)).toThrow(LinxioValidationError)
    expect(linxio.session()).toEqual(before)
  })

  it("an expiry without an offset is UTC", () => {
    const linxio = clientOf({ baseUrl: "http://127.0.0.1:9/api" })
    linxio.setSession({ token: "a.b.c", expireAt: "2030-01-02T03:04:05" })
    expect(linxio.session()?.expireAt).toBe("2030-01-02T03:04:05")
    expect(linxio.auth.health().accessTokenExpiresAt).toBe(Date.UTC(2030, 0, 2, 3, 4, 5))
  })
})

describe("onSessionChange", () => {
  it("tells what happened without a secret, and with the tokens only to whoever persists them (I-32)", async () => {
    const fake = await serve({ rotation: true })
    const linxio = clientOf(fake)
    const told: Array<SessionChange> = []
    const kept: Array<SessionChange> = []
    linxio.onSessionChange((change) => void told.push(change))
    linxio.onSessionChange((change) => void kept.push(change), { persist: true })
    await dataOf(linxio.auth.login(credentials))
    await dataOf(linxio.auth.refresh())
    await dataOf(linxio.auth.logout())
    await until(() => told.length === 3 && kept.length === 3)
    expect(told.map(({ type }) => type)).toEqual(["signedIn", "refreshed", "signedOut"])
    for (const secret of fake.secrets()) expect(inspect(told, { depth: null, showHidden: true })).not.toContain(secret)
    expect(kept[0]?.session).toEqual({
      token: expect.any(String),
      refreshToken: expect.any(String),
      expireAt: expect.any(String)
    })
    expect(kept[1]?.session?.refreshToken).not.toBe(kept[0]?.session?.refreshToken)
    expect(kept[2]?.session).toBeUndefined()
  })

  it("an observer that throws, rejects, hangs or calls back disturbs nobody, and nothing goes uncaught (I-19)", async () => {
    const rejections = uncaught()
    const fake = await serve()
    const linxio = await signedIn(fake)
    let calls = 0
    const seen: Array<string> = []
    linxio.onSessionChange(() => {
      calls++
      throw new Error("an observer's own fault")
    })
    linxio.onSessionChange(async () => {
      calls++
      await Promise.reject(new Error("an observer's own fault, later"))
    })
    linxio.onSessionChange(() => new Promise(() => calls++))
    linxio.onSessionChange(({ type }) => {
      seen.push(type)
      if (type === "refreshed") linxio.setSession(null)
    })
    fake.inject({ fault: "expire-access-tokens" })
    expect(await dataOf(linxio.auth.refresh())).toMatchObject({ token: expect.any(String) })
    await until(() => seen.includes("signedOut") && calls === 6)
    await nextTurn()
    expect(rejections).toEqual([])
    expect(linxio.session()).toBeNull()
  })

  it("is not called any more once it was stopped", async () => {
    const fake = await serve()
    const linxio = clientOf(fake)
    let stopped = 0
    let other = 0
    const stop = linxio.onSessionChange(() => void stopped++)
    linxio.onSessionChange(() => void other++)
    stop()
    stop()
    await dataOf(linxio.auth.login(credentials))
    await until(() => other === 1)
    expect(stopped).toBe(0)
  })

  it("refuses an observer that is no function", () => {
    const linxio = clientOf({ baseUrl: "http://127.0.0.1:9/api" })
    expect(() => linxio.onSessionChange("observer" as never)).toThrow(LinxioValidationError)
  })
})

describe("secrets (I-32)", () => {
  it("are in nothing that a client shows of itself, nor in its health, its log, or its errors", async () => {
    const fake = await serve()
    const lines: Array<unknown> = []
    const write = (...line: ReadonlyArray<unknown>) => void lines.push(line)
    const options: ClientOptions = {
      logger: { debug: write, info: write, warn: write, error: write },
      retry: { retries: 0 }
    }
    const linxio = await signedIn(fake, options)
    await dataOf(linxio.auth.refresh())
    fake.inject({ fault: "echo-secrets", on: true })
    fake.inject({ fault: "status", status: 501, times: 3 })
    const errors = [
      await errorOf(linxio.auth.me()),
      await errorOf(linxio.auth.login(credentials)),
      await errorOf(linxio.auth.refresh()),
      await errorOf(linxio.auth.login({ ...credentials, password: "wrong horse battery staple" }))
    ]
    await until(() => lines.length >= 2)
    const shown = [linxio, linxio.auth, linxio.auth.health(), lines, ...errors].flatMap((value) => [
      inspect(value, { depth: null, showHidden: true, getters: true }),
      JSON.stringify(value) ?? "",
      Object.prototype.toString.call(value),
      ...(value instanceof Error ? [String(value), value.stack ?? ""] : [])
    ])
    const secrets = [...fake.secrets(), "wrong horse battery staple"]
    expect(secrets.length).toBeGreaterThan(3)
    for (const secret of secrets) for (const text of shown) expect(text).not.toContain(secret)
    expect(inspect(lines)).toContain("linxio session: signedIn")
  })

  it("a logger that throws or rejects disturbs nobody (I-19)", async () => {
    const rejections = uncaught()
    const fake = await serve()
    let lines = 0
    const logger = {
      debug: () => undefined,
      info: async () => {
        lines++
        throw new Error("the log is full")
      },
      warn: () => undefined,
      error: () => {
        lines++
        throw new Error("the log is full")
      }
    }
    const linxio = await signedIn(fake, { logger })
    fake.inject({ fault: "revoke-sessions" })
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "SessionEnded" })
    await until(() => lines >= 3)
    await nextTurn()
    expect(rejections).toEqual([])
  })
})
