/** Signing in: the four answers of Linxio, its refusals, and what is refused before it is sent. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Credentials, LinxioApiError, LinxioAuthenticationError, type OtpAnswer } from "linxio-effect"
import { answer, loginRoute, makeClient, makeFake, reset, signedIn } from "../support/harness.ts"

const otpRoute = "POST /login/otp"
const credentials: Credentials = { email: "user@example.test", password: Redacted.make("pw") }
const tokens = { token: "login-access", refreshToken: "login-refresh", expireAt: "2030-01-01T00:00:00+00:00" }

describe("an answer of /login", () => {
  it.effect("with a token signs in, and hands the tokens out behind Redacted", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      fake.next(
        loginRoute,
        answer(200, { ...tokens, otp_required: false, loginWithId: null, teamType: "client", roleId: 7 })
      )
      const outcome = yield* client.auth.login(credentials)
      if (outcome._tag !== "SignedIn" || outcome.refreshToken === undefined) throw new Error("not signed in")
      assert.strictEqual(Redacted.value(outcome.token), "login-access")
      assert.strictEqual(Redacted.value(outcome.refreshToken), "login-refresh")
      assert.include(outcome, { expireAt: tokens.expireAt, teamType: "client", roleId: 7 })
      yield* Effect.flip(client.get("/vehicles"))
      assert.strictEqual(fake.sent("GET /vehicles")[0]?.bearer, "login-access")
    })
  )

  it.effect("sends the e-mail, the password and the domain, and no bearer (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      yield* client.auth.login({ ...credentials, domain: "tenant" })
      const [recorded] = fake.sent(loginRoute)
      assert.isUndefined(recorded?.bearer)
      if (recorded?.request.body._tag !== "Uint8Array") throw new Error("no body")
      assert.deepStrictEqual(JSON.parse(new TextDecoder().decode(recorded.request.body.body)), {
        email: "user@example.test",
        password: "pw",
        domain: "tenant"
      })
    })
  )

  const tokenless = {
    "that asks for a code": [{ otp_required: true, phone: "+61*****123", teamType: "reseller" }, "OtpRequired"],
    "that says blocked": [{ blocked: true, message: "blocked", teamType: "client" }, "AccountBlocked"],
    "that says that the phone is not verified": [
      { isPhoneVerified: false, verifyToken: "v", phone: "+61" },
      "PhoneUnverified"
    ]
  } as const
  for (const [name, [body, told]] of Object.entries(tokenless)) {
    it.effect(`${name} is told as ${told} and leaves the session untouched (I-17)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        const before = client.session.currentUnsafe()
        fake.next(loginRoute, answer(200, body))
        const outcome = yield* Effect.result(client.auth.login(credentials))
        if (outcome._tag === "Success") {
          assert.deepStrictEqual(outcome.success, { _tag: "OtpRequired", phone: "+61*****123", teamType: "reseller" })
          assert.strictEqual(told, "OtpRequired")
        } else {
          assert.instanceOf(outcome.failure, LinxioAuthenticationError)
          assert.strictEqual<string>(outcome.failure.reason, told)
          assert.notInstanceOf(outcome.failure, LinxioApiError)
        }
        assert.strictEqual(client.session.currentUnsafe(), before)
        assert.strictEqual(yield* client.get("/vehicles"), client.tokens.token)
      })
    )
  }

  it.effect("that is none of the four fails as a decode error and leaves the session untouched (I-17)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const before = client.session.currentUnsafe()
      for (const body of [{}, { token: "" }, { token: 7 }, [], null, "ok"]) {
        fake.next(loginRoute, answer(200, body))
        const failure = yield* Effect.flip(client.auth.login(credentials))
        assert.include(failure, { _tag: "LinxioDecodeError", path: "/api/login", status: 200 })
      }
      assert.strictEqual(client.session.currentUnsafe(), before)
    })
  )

  it.effect("with a token that has a line break in it is refused: it would end the header (I-17)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      fake.next(loginRoute, answer(200, { token: "a\r\nX-Admin: 1" }))
      const failure = yield* Effect.flip(client.auth.login(credentials))
      assert.include(failure, { _tag: "LinxioValidationError" })
      assert.notInclude(failure.message, "X-Admin")
      assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
    })
  )
})

describe("a refused sign-in", () => {
  it.effect("with a 401 is InvalidCredentials, never starts a refresh and keeps the session (I-17)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next(loginRoute, answer(401, { code: 401, message: "Invalid credentials." }, { "x-request-id": "r-9" }))
      const failure = yield* Effect.flip(client.auth.login(credentials))
      assert.instanceOf(failure, LinxioAuthenticationError)
      assert.instanceOf(failure, LinxioApiError)
      assert.include(failure, { reason: "InvalidCredentials", status: 401, requestId: "r-9", path: "/api/login" })
      assert.lengthOf(fake.refreshes(), 0)
      assert.strictEqual(yield* client.get("/vehicles"), client.tokens.token)
    })
  )

  for (const status of [400, 401]) {
    it.effect(`with a ${status} to a code is InvalidCode, without a refresh or a second attempt (I-31)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.next(otpRoute, answer(status, { errors: [{ code: status, detail: "Wrong code" }] }))
        const failure = yield* Effect.flip(client.auth.verifyOtp({ email: "user@example.test", code: "123456" }))
        assert.include(failure, { reason: "InvalidCode", status })
        assert.include(failure.message, "Wrong code")
        assert.lengthOf(fake.requests, 1)
      })
    )
  }

  it.effect("with a network error or a 5xx keeps the session (I-17)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next(loginRoute, reset(), answer(503))
      assert.strictEqual((yield* Effect.flip(client.auth.login(credentials)))._tag, "LinxioNetworkError")
      assert.strictEqual((yield* Effect.flip(client.auth.login(credentials)))._tag, "LinxioApiError")
      assert.strictEqual(yield* client.get("/vehicles"), client.tokens.token)
    })
  )
})

describe("a code", () => {
  it.effect("completes the sign-in, and is sent without a bearer (I-33)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next(otpRoute, answer(200, tokens))
      const outcome = yield* client.auth.verifyOtp({ email: "user@example.test", code: Redacted.make("123456") })
      assert.strictEqual(outcome._tag, "SignedIn")
      assert.isUndefined(fake.sent(otpRoute)[0]?.bearer)
      yield* Effect.flip(client.get("/vehicles"))
      assert.strictEqual(fake.sent("GET /vehicles")[0]?.bearer, "login-access")
    })
  )
})

describe("input", () => {
  const cases: ReadonlyArray<readonly [field: string, name: string, input: unknown]> = [
    ["email", "missing", { password: "pw" }],
    ["email", "empty", { email: "", password: "pw" }],
    ["email", "blank", { email: "  ", password: "pw" }],
    ["email", "no text", { email: 7, password: "pw" }],
    ["password", "missing", { email: "a@b.c" }],
    ["password", "empty", { email: "a@b.c", password: "" }],
    ["password", "empty behind Redacted", { email: "a@b.c", password: Redacted.make("") }],
    ["password", "null", { email: "a@b.c", password: null }]
  ]
  for (const [field, name, input] of cases) {
    it.effect(`with ${field} ${name} is refused by name, and nothing is sent`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* makeClient(fake)
        const login = yield* Effect.flip(client.auth.login(input as Credentials))
        const { email, password: code } = input as { email: string; password: string }
        const otp = yield* Effect.flip(client.auth.verifyOtp({ email, code } as OtpAnswer))
        assert.include(login, { _tag: "LinxioValidationError" })
        assert.include(login.message, `${field} `)
        assert.include(otp.message, `${field === "password" ? "code" : field} `)
        assert.lengthOf(fake.requests, 0)
      })
    )
  }

  it.effect("that is missing altogether names every field that is", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      const failure = yield* Effect.flip(client.auth.login({} as Credentials))
      assert.deepStrictEqual(failure._tag === "LinxioValidationError" && failure.issues.map(({ field }) => field), [
        "email",
        "password"
      ])
    })
  )

  it.effect("of setSession with a line break in a token is refused, and the session stays", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      for (const token of ["a\nb", "a\r\nb", "a b", "ä", "\u0000"]) {
        const failure = yield* Effect.flip(client.auth.setSession({ token, refreshToken: "r" }))
        assert.include(failure, { _tag: "LinxioValidationError" })
      }
      assert.include(yield* Effect.flip(client.auth.setSession({})), { _tag: "LinxioValidationError" })
      assert.strictEqual(yield* client.get("/vehicles"), client.tokens.token)
    })
  )
})
