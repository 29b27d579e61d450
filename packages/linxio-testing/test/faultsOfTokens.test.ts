/** The faults that concern tokens, each by its name. */
import { describe, expect, it } from "vitest"
import { call, claims, object, refresh, signIn, string, ways } from "./support.ts"

const colleague = { email: "colleague@example.test", password: "pw" }
const accounts = [{ email: "fleet@example.test", password: "correct horse battery staple" }, colleague]

describe.each(ways)("%s", (_, start) => {
  it("expire-access-tokens: tokens issued so far are expired, for one account or for all", async () => {
    const { fake, wire } = await start({ accounts })
    const mine = await signIn(wire)
    const theirs = await signIn(wire, colleague)
    fake.inject({ fault: "expire-access-tokens", account: "fleet@example.test" })
    const refused = await call(wire, "GET", "/me", { token: mine.token })
    expect([refused.status, await object(refused)]).toEqual([401, { code: 401, message: "Expired JWT Token" }])
    expect((await call(wire, "GET", "/me", { token: theirs.token })).status).toBe(200)
    fake.inject({ fault: "expire-access-tokens" })
    expect((await call(wire, "GET", "/me", { token: theirs.token })).status).toBe(401)
    expect((await refresh(wire, mine.refreshToken)).status).toBe(200)
  })

  it("revoke-refresh-tokens: refresh tokens issued so far are refused, access tokens are not", async () => {
    const { fake, wire } = await start()
    const session = await signIn(wire)
    fake.inject({ fault: "revoke-refresh-tokens" })
    expect((await refresh(wire, session.refreshToken)).status).toBe(400)
    expect((await call(wire, "GET", "/me", { token: session.token })).status).toBe(200)
  })

  it("revoke-sessions: both kinds of token are refused", async () => {
    const { fake, wire } = await start()
    const session = await signIn(wire)
    fake.inject({ fault: "revoke-sessions" })
    expect((await refresh(wire, session.refreshToken)).status).toBe(400)
    const refused = await call(wire, "GET", "/me", { token: session.token })
    expect([refused.status, await object(refused)]).toEqual([401, { code: 401, message: "Invalid JWT Token" }])
    expect((await signIn(wire)).token).not.toBe(session.token)
  })

  it("rotation: a refresh spends its token and its reuse is seen, until rotation is off again", async () => {
    const { fake, wire } = await start()
    const first = await signIn(wire)
    fake.inject({ fault: "rotation", on: true })
    const second = string((await object(refresh(wire, first.refreshToken))).refreshToken)
    expect(second).not.toBe(first.refreshToken)
    expect((await refresh(wire, first.refreshToken)).status).toBe(400)
    expect(fake.reusedRefreshTokens).toEqual(["r1"])
    expect(fake.presentedRefreshTokens).toEqual(["r1", "r1"])
    fake.inject({ fault: "rotation", on: false })
    expect((await object(refresh(wire, second))).refreshToken).toBe(second)
  })

  it("clock-skew: token times and the Date header follow the server's clock", async () => {
    const now = Date.parse("2026-03-01T08:00:00Z")
    const { fake, wire } = await start({ clock: () => now })
    const before = await signIn(wire)
    fake.inject({ fault: "clock-skew", ms: 86_400_000 })
    const response = await call(wire, "GET", "/me", { token: before.token })
    expect(response.status).toBe(401)
    expect(Date.parse(string(response.headers.get("date")))).toBe(now + 86_400_000)
    expect(claims((await signIn(wire)).token).iat).toBe(now / 1000 + 86_400)
  })

  it("refresh-204: a refresh is answered with 204 and nothing has happened", async () => {
    const { fake, wire } = await start({ rotation: true })
    const { refreshToken } = await signIn(wire)
    fake.inject({ fault: "refresh-204" })
    expect((await refresh(wire, refreshToken)).status).toBe(204)
    expect((await refresh(wire, refreshToken)).status).toBe(200)
  })

  it("refresh-without-token: a refresh happens, but its answer lacks the token", async () => {
    const { fake, wire } = await start()
    const { refreshToken } = await signIn(wire)
    fake.inject({ fault: "refresh-without-token" })
    const response = await refresh(wire, refreshToken)
    expect(response.status).toBe(200)
    const reply = await object(response)
    expect(reply).not.toHaveProperty("token")
    expect(reply.refreshToken).toBe(refreshToken)
  })

  it("refresh-unchanged: a refresh answers with the token that the session had already", async () => {
    const { fake, wire } = await start()
    const session = await signIn(wire)
    fake.inject({ fault: "refresh-unchanged", times: 2 })
    fake.inject({ fault: "expire-access-tokens" })
    const reply = await object(refresh(wire, session.refreshToken))
    expect(reply.token).toBe(session.token)
    expect((await call(wire, "GET", "/me", { token: session.token })).status).toBe(401)
    expect((await object(refresh(wire, session.refreshToken))).token).toBe(session.token)
    expect((await object(refresh(wire, session.refreshToken))).token).not.toBe(session.token)
  })
})
