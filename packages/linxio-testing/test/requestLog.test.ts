/** The request log of the embedded Linxio. */
import * as Effect from "effect/Effect"
import { FakeLinxio } from "linxio-testing"
import type { FakeLinxioOptions, ReceivedRequest } from "linxio-testing"
import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import { call, object, refresh, signIn, string } from "./support.ts"

const colleague = { email: "colleague@example.test", password: "hunter2" }
const accounts = [{ email: "fleet@example.test", password: "correct horse battery staple" }, colleague]

const start = (options: FakeLinxioOptions = {}) => Effect.runPromise(FakeLinxio.make({ accounts, ...options }))

describe("the request log", () => {
  it("says who asked for what with which token of which session", async () => {
    const fake = await start()
    const mine = await signIn(fake)
    const theirs = await signIn(fake, colleague)
    const renewed = await object(refresh(fake, mine.refreshToken))
    await call(fake, "GET", "/vehicles/1?fields[]=regNo", { token: string(renewed.token) })
    await call(fake, "GET", "/me", { token: theirs.token })
    expect(fake.requestsBy("fleet@example.test")).toMatchObject([
      { number: 1, method: "POST", path: "/login", endpoint: "login", token: "none", status: 200 },
      { number: 3, endpoint: "refresh", refreshToken: "r1", session: 1, status: 200 },
      { number: 4, path: "/vehicles/1", query: "?fields[]=regNo", token: "valid", session: 1, generation: 2 }
    ])
    expect(fake.requestsBy(colleague.email)).toMatchObject([{ number: 2 }, { number: 5, session: 2, generation: 1 }])
    expect([fake.logins, fake.refreshes, fake.requests.length]).toEqual([2, 1, 5])
  })

  it("counts the round trips that a 401 wasted, but no refused login", async () => {
    const fake = await start()
    const { token } = await signIn(fake)
    await call(fake, "POST", "/login", { body: { ...colleague, password: "wrong" } })
    fake.inject({ fault: "expire-access-tokens" })
    await call(fake, "GET", "/me", { token })
    await call(fake, "GET", "/me", { token })
    expect(fake.wasted401s).toBe(2)
  })

  it("names the calls that sent a bearer where none belongs", async () => {
    const fake = await start()
    const { refreshToken, token } = await signIn(fake)
    await call(fake, "POST", "/token/refresh", { token, body: { refreshToken } })
    await call(fake, "GET", "/me", { token })
    expect(fake.bearerOnAuthEndpoints).toMatchObject([{ number: 2, endpoint: "refresh", token: "valid" }])
  })

  it("names refresh tokens by the order of issue, and those it never issued unknown", async () => {
    const fake = await start({ rotation: true })
    const { refreshToken } = await signIn(fake)
    const next = string((await object(refresh(fake, refreshToken))).refreshToken)
    await refresh(fake, next)
    await refresh(fake, "f".repeat(32))
    expect(fake.presentedRefreshTokens).toEqual(["r1", "r2", "unknown"])
  })

  it("tells the story as text, with the faults in their place", async () => {
    let now = Date.parse("2026-03-01T08:00:00Z")
    const fake = await start({ clock: () => now })
    const { refreshToken, token } = await signIn(fake)
    now += 1500
    fake.inject({ fault: "reset", endpoint: "refresh" })
    await refresh(fake, refreshToken).catch(() => {})
    await call(fake, "GET", "/me?fields[]=email", { token })
    expect(
      fake
        .timeline()
        .split("\n")
        .map((line) => line.replaceAll(/ {2,}/g, "  "))
    ).toEqual([
      "+0.000s  #1  POST /login  fleet@example.test  no token  200",
      `+1.500s  --  reset endpoint="refresh"`,
      "+1.500s  #2  POST /token/refresh  fleet@example.test  refresh token r1  reset  (reset)",
      "+1.500s  #3  GET /me  fleet@example.test  valid token 1.1  200  ?fields[]=email"
    ])
  })

  it("calls back once for every request, with its outcome", async () => {
    const seen: Array<ReceivedRequest> = []
    const fake = await start({ onRequest: (request) => void seen.push(request) })
    await signIn(fake)
    fake.inject({ fault: "lose-response" })
    await signIn(fake).catch(() => {})
    expect(seen.map((request) => request.status)).toEqual([200, "lost"])
    expect(seen).toEqual(fake.requests)
  })

  it("can be forgotten between two acts of a test", async () => {
    const fake = await start()
    const { token } = await signIn(fake)
    fake.clearRequestLog()
    expect([fake.requests, fake.timeline()]).toEqual([[], ""])
    expect((await call(fake, "GET", "/me", { token })).status).toBe(200)
  })

  it("contains no secret, however it is printed, while secrets() knows them all", async () => {
    const fake = await start({ rotation: true })
    const session = await signIn(fake, colleague)
    await refresh(fake, session.refreshToken)
    await call(fake, "GET", `/me?token=${session.token}`, { token: session.token })
    const printed = [
      inspect(fake, { depth: Infinity, showHidden: true, getters: true }),
      JSON.stringify(fake),
      JSON.stringify(fake.requests),
      fake.timeline()
    ].join("\n")
    expect(printed).toContain(colleague.email)
    expect(fake.secrets()).toEqual(expect.arrayContaining([colleague.password, session.token, session.refreshToken]))
    for (const secret of fake.secrets()) expect(printed).not.toContain(secret)
  })
})
