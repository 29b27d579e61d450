/** Signing in and out, as a user of promises sees it. */
import { LinxioAuthenticationError, LinxioDecodeError, LinxioError, LinxioValidationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  openSession,
  plainServer,
  rejectionOf,
  serve,
  signedIn,
  until,
  virtualTime
} from "./support.ts"

const accounts = [
  { ...credentials, roleId: 7 },
  { email: "otp@example.test", password: "pw-otp-account", otp: "246810", teamType: "reseller" as const },
  { email: "blocked@example.test", password: "pw-blocked", blocked: true },
  { email: "phone@example.test", password: "pw-phone", phoneUnverified: true },
  { email: "closed@example.test", password: "pw-closed", closed: true }
]

describe("the four answers of login", () => {
  it("signed in: the tokens are given back and carried by the next request, with one POST and no bearer on it (I-33)", async () => {
    const fake = await serve({ accounts })
    const linxio = clientOf(fake)
    const data = await dataOf(linxio.auth.login({ ...credentials, domain: "fleet" }))
    expect(data).toMatchObject({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      otpRequired: false,
      teamType: "client",
      roleId: 7
    })
    expect(Date.parse(data.expireAt ?? "")).toBeGreaterThan(Date.now())
    expect(linxio.session()).toMatchObject({ token: data.token, refreshToken: data.refreshToken })
    await expect(linxio.request("GET", "/vehicles/count")).resolves.toEqual({ count: 3 })
    expect(fake.requests.map(({ path, status, token }) => [path, token, status])).toEqual([
      ["/login", "none", 200],
      ["/vehicles/count", "valid", 200]
    ])
  })

  it("code needed: no token, the session as it was, and verifyOtp completes it (I-17)", async () => {
    const fake = await serve({ accounts })
    const linxio = clientOf(fake)
    const before = await dataOf(linxio.auth.login(credentials))
    const data = await dataOf(linxio.auth.login({ email: "otp@example.test", password: "pw-otp-account" }))
    expect(data).toEqual({ otpRequired: true, otp_required: true, phone: "+61*****123", teamType: "reseller" })
    expect(linxio.session()?.token).toBe(before.token)

    const wrong = await errorOf(linxio.auth.verifyOtp({ email: "otp@example.test", code: "000000" }))
    expect(wrong).toBeInstanceOf(LinxioAuthenticationError)
    expect(wrong).toMatchObject({ reason: "InvalidCode", status: 400 })
    expect(linxio.session()?.token).toBe(before.token)

    const completed = await dataOf(linxio.auth.verifyOtp({ email: "otp@example.test", code: "246810" }))
    expect(completed).toMatchObject({ otpRequired: false, teamType: "reseller" })
    expect(linxio.session()?.token).toBe(completed.token)
    expect(await dataOf(linxio.auth.me())).toMatchObject({ email: "otp@example.test" })
    expect(fake.bearerOnAuthEndpoints).toEqual([])
  })

  it("code needed while nobody is signed in: until then, every call says that verifyOtp is what is missing", async () => {
    const fake = await serve({ accounts })
    const linxio = clientOf(fake)
    const otp = { email: "otp@example.test", password: "pw-otp-account" }
    const messages = async () => {
      const errors = [await rejectionOf(linxio.request("GET", "/me")), await errorOf(linxio.auth.refresh())]
      return errors.map((error) => (error as Error).message)
    }
    for (const message of await messages()) expect(message).toContain("Call auth.login first")
    await dataOf(linxio.auth.login(otp))
    for (const message of await messages()) expect(message).toMatch(/nobody is signed in.*auth\.verifyOtp\.$/)
    await dataOf(linxio.auth.verifyOtp({ email: otp.email, code: "246810" }))

    fake.inject({ fault: "revoke-sessions" })
    expect(await errorOf(linxio.auth.me())).toMatchObject({ reason: "SessionEnded" })
    for (const message of await messages()) expect(message).toContain("Sign in again with auth.login")
    await dataOf(linxio.auth.login(otp))
    for (const message of await messages()) expect(message).toMatch(/The session ended at .*auth\.verifyOtp\.$/)
    expect(linxio.auth.health().state).toBe("ended")

    await linxio.auth.logout()
    for (const message of await messages()) expect(message).toContain("Call auth.login first")
  })

  it("closed: Linxio's own words are in the message, since nothing else on the wire tells it from a wrong password", async () => {
    const fake = await serve({ accounts })
    const error = await errorOf(clientOf(fake).auth.login({ email: "closed@example.test", password: "pw-closed" }))
    expect(error.message).toBe("Linxio answered POST /api/login with 401 Unauthorized: Account is closed.")
  })

  it.each([
    ["blocked@example.test", "pw-blocked", "AccountBlocked", undefined],
    ["phone@example.test", "pw-phone", "PhoneUnverified", undefined],
    ["closed@example.test", "pw-closed", "InvalidCredentials", 401],
    [credentials.email, "wrong", "InvalidCredentials", 401],
    ["nobody@example.test", "wrong", "InvalidCredentials", 401]
  ])(
    "%s with %s is refused once, with a type, and nothing is stored (I-17, I-31)",
    async (email, password, reason, status) => {
      const fake = await serve({ accounts })
      const linxio = clientOf(fake, { retry: { retries: 3, delayMs: 1 } })
      const result = await linxio.auth.login({ email, password })
      expect(result.data).toBeNull()
      expect(result.error).toBeInstanceOf(LinxioAuthenticationError)
      expect(result.error).toMatchObject({ name: "LinxioAuthenticationError", reason, retryable: false })
      expect(Object(result.error).status).toBe(status)
      expect(linxio.session()).toBeNull()
      expect(fake.requests).toHaveLength(1)
    }
  )
})

describe("input", () => {
  const bad = (value: unknown) => value as never
  it.each<[string, unknown, string]>([
    ["nothing", undefined, "email"],
    ["null", null, "email"],
    ["no e-mail", { password: "x" }, "email"],
    ["an empty e-mail", { email: "", password: "x" }, "email"],
    ["a blank e-mail", { email: " ", password: "x" }, "email"],
    ["no password", { email: "a@example.test" }, "password"],
    ["an empty password", { email: "a@example.test", password: "" }, "password"],
    ["a password that is a number", { email: "a@example.test", password: 5 }, "password"],
    ["a domain that is a number", { email: "a@example.test", password: "x", domain: 5 }, "domain"]
  ])("login with %s is refused by field, and nothing is sent", async (_, payload, field) => {
    const fake = await serve()
    const error = await errorOf(clientOf(fake).auth.login(bad(payload)))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(Object(error).issues).toContainEqual({ field, issue: expect.any(String) })
    expect(fake.requests).toEqual([])
  })

  it.each([
    undefined,
    {},
    { email: "a@example.test" },
    { email: "a@example.test", code: "" },
    { email: "a@example.test", code: 123456 }
  ])("verifyOtp with %j is refused, and nothing is sent", async (payload) => {
    const fake = await serve()
    const error = await errorOf(clientOf(fake).auth.verifyOtp(bad(payload)))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })

  it("limits and fields of the wrong kind are refused as data too: a service method never rejects", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const results = await Promise.all([
      linxio.auth.login(credentials, { timeoutMs: Number.NaN }),
      linxio.auth.me({ timeoutMs: -1 }),
      linxio.auth.me({ deadlineMs: Number.POSITIVE_INFINITY }),
      linxio.auth.me({ fields: bad("id") }),
      linxio.auth.refresh({ timeoutMs: 0 }),
      linxio.auth.me({ signal: bad({}) })
    ])
    for (const { error } of results) expect(error).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})

describe("a result never rejects", () => {
  it("not when the server is gone", async () => {
    const fake = await serve()
    await fake.close()
    const linxio = clientOf(fake, {
      retry: { retries: 0 },
      token: "some.old.token",
      refreshToken: "some-refresh-token"
    })
    const { auth } = linxio
    for (const call of [
      auth.login(credentials),
      auth.verifyOtp({ email: "a@example.test", code: "1" }),
      auth.me(),
      auth.logout()
    ]) {
      expect(await errorOf(call)).toMatchObject({ name: "LinxioNetworkError", code: "ECONNREFUSED" })
    }
    expect(await errorOf(auth.me())).toMatchObject({ reason: "NotSignedIn" })
    expect(await errorOf(auth.refresh())).toMatchObject({ reason: "NotSignedIn" })
  })

  it("not when the answer is another than the contract says", async () => {
    const server = await plainServer((_, response) => void response.end(`{"unexpected":true}`))
    const linxio = clientOf(server)
    expect(await errorOf(linxio.auth.login(credentials))).toBeInstanceOf(LinxioDecodeError)
    expect(linxio.session()).toBeNull()
  })
})

describe("me, refresh and logout", () => {
  it("me asks for fields by name and gives the user", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    expect(await dataOf(linxio.auth.me({ fields: ["email"] }))).toEqual({ id: 1, email: credentials.email })
    expect(fake.requests[0]?.query).toContain("fields%5B%5D=email")
  })

  it("refresh gives the new tokens, which are the session's", async () => {
    const fake = await serve({ rotation: true })
    const linxio = await signedIn(fake)
    const before = linxio.session()
    const data = await dataOf(linxio.auth.refresh())
    expect(data).toEqual(linxio.session())
    expect(data.token).not.toBe(before?.token)
    expect(data.refreshToken).not.toBe(before?.refreshToken)
    expect(fake.bearerOnAuthEndpoints).toEqual([])
  })

  it("logout signs out before anything is sent, and whatever the server does (I-16)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "stall-headers", endpoint: "logout" })
    const controller = new AbortController()
    const leaving = linxio.auth.logout({ signal: controller.signal })
    expect(linxio.session()).toBeNull()
    await until(() => fake.requests.length === 1)
    expect(await errorOf(linxio.auth.me())).toMatchObject({ reason: "NotSignedIn" })
    controller.abort()
    expect(await errorOf(leaving)).toMatchObject({ name: "LinxioAbortError" })
    expect(linxio.session()).toBeNull()
    expect(fake.requests.map(({ path, token }) => [path, token])).toEqual([["/logout", "valid"]])
  })

  it.each<[string, unknown]>([
    ["the event of a click", new Event("click")],
    ["an option that does not exist", { timeout: 5 }]
  ])("logout signs out, whatever it is given: %s (I-16)", async (_, given) => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    await linxio.auth.logout(given as never)
    expect(linxio.session()).toBeNull()
    expect(fake.requests.map(({ path }) => path)).toEqual(["/logout"])
  })

  it("logout with a token that the server does not know any more is a success", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "revoke-sessions" })
    expect(await linxio.auth.logout()).toEqual({ data: null, error: null })
    expect(fake.requests.map(({ path, status }) => [path, status])).toEqual([["/logout", 401]])
  })
})

describe("overlapping sign-ins", () => {
  it("the one started last decides, although its answer came first (I-15)", async () => {
    const other = { email: "second@example.test", password: "another password" }
    const fake = await serve({ accounts: [credentials, other] })
    const linxio = clientOf(fake)
    fake.inject({ fault: "slow-trickle", endpoint: "login", ms: 100 })
    const time = virtualTime()
    const first = errorOf(linxio.auth.login(credentials))
    await until(() => fake.logins === 1)
    const second = await dataOf(linxio.auth.login(other))
    expect(await time.passUntil(first)).toMatchObject({ reason: "SessionChanged" })
    expect(linxio.session()?.token).toBe(second.token)
    expect(await dataOf(linxio.auth.me())).toMatchObject({ email: other.email })
  })

  it("setSession during a login wins, too (I-15)", async () => {
    const fake = await serve()
    const tokens = await openSession(fake)
    const linxio = clientOf(fake)
    fake.inject({ fault: "slow-trickle", endpoint: "login", ms: 100 })
    const time = virtualTime()
    const login = errorOf(linxio.auth.login(credentials))
    await until(() => fake.logins === 2)
    linxio.setSession(tokens)
    const error = await time.passUntil(login)
    expect(error).toBeInstanceOf(LinxioError)
    expect(error).toMatchObject({ reason: "SessionChanged" })
    expect(linxio.session()).toMatchObject(tokens)
  })
})
