/** The port server against what is publicly known of Linxio's wire: plain `fetch`, no SDK, no contract. */
import { FakeLinxio } from "linxio-testing"
import { importJWK, jwtVerify } from "jose"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ServedLinxio } from "linxio-testing"
import { call, object, overSocket, refresh, signIn, string, type Wire } from "./support.ts"

let now = Date.parse("2026-03-01T08:00:00Z")
let fake: ServedLinxio
let wire: Wire

beforeAll(async () => {
  fake = await FakeLinxio.serve({
    clock: () => now,
    accounts: [
      { email: "fleet@example.test", password: "correct horse battery staple", roleId: 7, fullName: "Fleet Desk" },
      { email: "otp@example.test", password: "pw", otp: "424242", teamType: "reseller" },
      { email: "blocked@example.test", password: "pw", blocked: true },
      { email: "closed@example.test", password: "pw", closed: true },
      { email: "phone@example.test", password: "pw", phoneUnverified: true }
    ],
    vehicles: ["C-3", "A-1", "B-2"].map((regNo, index) => ({ id: index + 1, regNo, model: "Hilux" }))
  })
  wire = overSocket(fake)
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.clearFaults()
  fake.clearRequestLog()
})

const login = (email: string, password = "pw") => call(wire, "POST", "/login", { body: { email, password } })

describe("POST /login", () => {
  it("signs in with tokens, expiries with an offset, and the role", async () => {
    const response = await login("fleet@example.test", "correct horse battery staple")
    expect(response.status).toBe(200)
    expect(await object(response)).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      expireAt: "2026-03-02T08:00:00+00:00",
      refreshTokenExpireAt: "2026-03-31T08:00:00+00:00",
      otp_required: false,
      loginWithId: null,
      teamType: "client",
      roleId: 7
    })
  })

  it("signs JWTs with RS256 that carry email, exp, sub and iat", async () => {
    const { token } = await signIn(wire)
    const key = await importJWK({ ...(await fake.publicKey()) }, "RS256")
    const { payload, protectedHeader } = await jwtVerify(token, key, { currentDate: new Date(now) })
    expect(protectedHeader.alg).toBe("RS256")
    expect(payload).toMatchObject({
      email: "fleet@example.test",
      sub: "1",
      iat: now / 1000,
      exp: now / 1000 + 86_400
    })
  })

  it("asks for a code without giving a token", async () => {
    const response = await login("otp@example.test")
    expect(response.status).toBe(200)
    expect(await object(response)).toEqual({ otp_required: true, phone: "+61*****123", teamType: "reseller" })
  })

  it("says that an account is blocked without giving a token", async () => {
    const response = await login("blocked@example.test")
    expect(response.status).toBe(200)
    expect(await object(response)).toEqual({ blocked: true, message: expect.any(String), teamType: "client" })
  })

  it("says that a phone is not verified without giving a token", async () => {
    const response = await login("phone@example.test")
    expect(response.status).toBe(200)
    const { verifyToken, ...rest } = await object(response)
    expect(rest).toEqual({ isPhoneVerified: false, phone: "+61*****123", teamType: "client" })
    expect(fake.secrets()).toContain(verifyToken)
  })

  it("refuses a wrong password and an unknown address alike", async () => {
    for (const response of [await login("fleet@example.test", "wrong"), await login("nobody@example.test")]) {
      expect(response.status).toBe(401)
      expect(await response.text()).toBe(`{"code":401,"message":"Invalid credentials."}`)
    }
  })

  it("refuses a closed account with another message", async () => {
    const response = await login("closed@example.test")
    expect(response.status).toBe(401)
    expect((await object(response)).message).not.toBe("Invalid credentials.")
  })

  it("names the fields that are missing in the application's envelope", async () => {
    const response = await call(wire, "POST", "/login", { body: { email: "fleet@example.test" } })
    expect(response.status).toBe(400)
    expect(await object(response)).toEqual({
      errors: [{ code: 400, title: "ValidationException", detail: { password: expect.any(String) } }]
    })
  })

  it("refuses a body that is no JSON", async () => {
    const response = await fetch(`${fake.baseUrl}/login`, { method: "POST", body: "{" })
    expect(response.status).toBe(400)
    expect(await object(response)).toMatchObject({ errors: [{ code: 400, title: "Exception" }] })
  })
})

describe("POST /login/otp", () => {
  const verify = (code: string, email = "otp@example.test") =>
    call(wire, "POST", "/login/otp", { body: { email, code } })

  it("completes a login with the right code, once", async () => {
    await login("otp@example.test")
    const response = await verify("424242")
    expect(response.status).toBe(200)
    expect(Object.keys(await object(response)).sort()).toEqual(
      ["expireAt", "refreshToken", "refreshTokenExpireAt", "roleId", "teamType", "token"].sort()
    )
    expect((await verify("424242")).status).toBe(401)
  })

  it("refuses a wrong code with 400 and lets the right one follow", async () => {
    await login("otp@example.test")
    const response = await verify("000000")
    expect(response.status).toBe(400)
    expect(await object(response)).toMatchObject({ errors: [{ code: 400, title: "Exception" }] })
    expect((await verify("424242")).status).toBe(200)
  })

  it("refuses a code that nobody asked for with 401", async () => {
    const response = await verify("424242", "fleet@example.test")
    expect(response.status).toBe(401)
    expect(await object(response)).toMatchObject({ errors: [{ code: 401 }] })
  })
})

describe("POST /token/refresh", () => {
  it("gives a new access token and, without rotation, the same refresh token", async () => {
    const session = await signIn(wire)
    const response = await refresh(wire, session.refreshToken)
    expect(response.status).toBe(200)
    const reply = await object(response)
    expect(reply).toEqual({
      token: expect.any(String),
      expireAt: expect.any(String),
      refreshToken: session.refreshToken,
      refreshTokenExpireAt: expect.any(String),
      loginWithId: null
    })
    expect(reply.token).not.toBe(session.token)
    expect((await call(wire, "GET", "/me", { token: string(reply.token) })).status).toBe(200)
  })

  it("refuses an unknown refresh token with 400 in the application's envelope", async () => {
    const response = await refresh(wire, "0".repeat(32))
    expect(response.status).toBe(400)
    expect(await response.text()).toBe(`{"errors":[{"code":400,"title":"Exception","detail":"Invalid JWT Token"}]}`)
  })

  it("refuses an expired refresh token the same way", async () => {
    const { refreshToken } = await signIn(wire)
    now += 31 * 86_400_000
    expect((await refresh(wire, refreshToken)).status).toBe(400)
  })

  it.each(["", "{}", `{"refreshToken":null}`, `{"refreshToken":""}`])(
    "answers 204 with no body when the body is %j",
    async (body) => {
      const response = await fetch(`${fake.baseUrl}/token/refresh`, { method: "POST", body })
      expect(response.status).toBe(204)
      expect(await response.text()).toBe("")
    }
  )
})

describe("a protected endpoint", () => {
  const message = async (token?: string) => {
    const response = await call(wire, "GET", "/vehicles/count", token === undefined ? {} : { token })
    return [response.status, await response.text()]
  }

  it("refuses a request without a token", async () => {
    expect(await message()).toEqual([401, `{"code":401,"message":"JWT Token not found"}`])
  })

  it("refuses a token that it did not sign", async () => {
    const { token } = await signIn(wire)
    const forged = `${token.slice(0, -8)}AAAAAAAA`
    expect(await message(forged)).toEqual([401, `{"code":401,"message":"Invalid JWT Token"}`])
    expect(await message("nonsense")).toEqual([401, `{"code":401,"message":"Invalid JWT Token"}`])
  })

  it("refuses a token from the second in which it expires", async () => {
    const { token } = await signIn(wire)
    now += 86_400_000 - 1
    expect(await message(token)).toEqual([200, `{"count":3}`])
    now += 1
    expect(await message(token)).toEqual([401, `{"code":401,"message":"Expired JWT Token"}`])
  })
})

describe("GET /me", () => {
  it("tells who is signed in", async () => {
    const { token } = await signIn(wire)
    expect(await object(call(wire, "GET", "/me", { token }))).toMatchObject({
      id: 1,
      email: "fleet@example.test",
      fullName: "Fleet Desk",
      teamType: "client",
      team: expect.any(Object),
      permissions: expect.any(Array),
      dateFormat: expect.any(String)
    })
  })

  it("answers the fields that were asked for, with the id", async () => {
    const { token } = await signIn(wire)
    expect(await object(call(wire, "GET", "/me?fields[]=email&fields[]=fullName", { token }))).toEqual({
      id: 1,
      email: "fleet@example.test",
      fullName: "Fleet Desk"
    })
  })
})

describe("POST /logout", () => {
  it("ends the session, both of its tokens with it", async () => {
    const { refreshToken, token } = await signIn(wire)
    const response = await call(wire, "POST", "/logout", { token, body: {} })
    expect([response.status, await response.text()]).toEqual([200, `{"status":"ok","redirectUrl":null}`])
    expect((await call(wire, "GET", "/me", { token })).status).toBe(401)
    expect((await refresh(wire, refreshToken)).status).toBe(400)
  })
})

describe("vehicles", () => {
  const list = async (query: string) => {
    const { token } = await signIn(wire)
    return call(wire, "GET", `/vehicles/fields/json${query}`, { token })
  }

  it("come in pages, sorted, with the fields that were asked for", async () => {
    expect(await object(list("?fields[]=id&fields[]=regNo&limit=2&page=1&sort=regNo"))).toEqual({
      data: [
        { id: 2, regNo: "A-1" },
        { id: 3, regNo: "B-2" }
      ],
      page: 1,
      limit: 2,
      total: 3
    })
    expect(await object(list("?limit=2&page=2&sort=regNo"))).toMatchObject({ data: [{ id: 1, model: "Hilux" }] })
    expect(await object(list("?limit=2&page=3"))).toMatchObject({ data: [], total: 3 })
  })

  it("refuse a page that is no number", async () => {
    const response = await list("?page=two")
    expect(response.status).toBe(400)
    expect(await object(response)).toMatchObject({
      errors: [{ title: "ValidationException", detail: { page: expect.any(String) } }]
    })
  })

  it("are read one by one, and missed with 404", async () => {
    const { token } = await signIn(wire)
    expect(await object(call(wire, "GET", "/vehicles/3", { token }))).toEqual({ id: 3, regNo: "B-2", model: "Hilux" })
    const missing = await call(wire, "GET", "/vehicles/99", { token })
    expect(missing.status).toBe(404)
    expect(await object(missing)).toMatchObject({ errors: [{ code: 404, title: "Exception" }] })
  })
})

describe("every answer", () => {
  it("carries X-Request-Id and the server's Date", async () => {
    const response = await call(wire, "GET", "/me")
    expect(response.headers.get("x-request-id")).toBe(fake.requests[0]?.requestId)
    expect(Date.parse(string(response.headers.get("date")))).toBe(Math.floor(now / 1000) * 1000)
  })

  it("is a 404 in the application's envelope where nothing is served", async () => {
    for (const url of [`${fake.baseUrl}/nothing`, `${fake.url}/login`]) {
      const response = await fetch(url)
      expect(response.status).toBe(404)
      expect(await object(response)).toMatchObject({ errors: [{ code: 404, title: "Exception" }] })
    }
  })

  it("is a 405 that names the method where another one is served", async () => {
    const response = await call(wire, "DELETE", "/login")
    expect(response.status).toBe(405)
    expect(response.headers.get("allow")).toBe("POST")
    expect(await object(response)).toMatchObject({ errors: [{ code: 405, title: "Exception" }] })
  })
})
