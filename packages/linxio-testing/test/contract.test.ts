/** The embedded Linxio keeps the contract that it is built from: a client derived from the same value decodes all it answers. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import { LinxioApi } from "linxio-effect/LinxioApi"
import { FakeLinxio } from "linxio-testing"

const client = (token?: Redacted.Redacted) =>
  HttpApiClient.make(LinxioApi, {
    baseUrl: "https://api.linxio.com/api",
    transformClient: HttpClient.mapRequest((request) =>
      token === undefined ? request : HttpClientRequest.bearerToken(request, token)
    )
  })

const password = Redacted.make("pw")

const accounts = [
  { email: "fleet@example.test", password: "pw" },
  { email: "otp@example.test", password: "pw", otp: "424242" },
  { email: "blocked@example.test", password: "pw", blocked: true },
  { email: "phone@example.test", password: "pw", phoneUnverified: true }
]

describe("a client derived from the contract", () => {
  it.effect("goes through a session and reads every reply", () =>
    Effect.gen(function* () {
      const anonymous = yield* client()
      const signedIn = yield* anonymous.auth.login({ payload: { email: "fleet@example.test", password } })
      assert.isTrue("token" in signedIn && "refreshToken" in signedIn)
      if (!("token" in signedIn) || !signedIn.refreshToken) return
      const renewed = yield* anonymous.auth.refresh({ payload: { refreshToken: signedIn.refreshToken } })
      assert.isDefined(renewed)
      if (renewed === undefined) return
      const linxio = yield* client(renewed.token)
      assert.deepStrictEqual(yield* linxio.auth.me({ query: { "fields[]": ["email"] } }), {
        id: 1,
        email: "fleet@example.test"
      })
      assert.deepStrictEqual(yield* linxio.vehicles.count({ query: {} }), { count: 3 })
      const page = yield* linxio.vehicles.list({
        query: { "fields[]": ["regNo"], limit: 1, page: 2, sort: "-regNo" }
      })
      assert.deepStrictEqual(page, {
        data: [{ id: 2, regNo: "LNX-002" }],
        page: 2,
        limit: 1,
        total: 3
      })
      assert.strictEqual((yield* linxio.vehicles.get({ params: { vehicleId: "3" } })).regNo, "LNX-003")
      assert.deepStrictEqual(yield* linxio.auth.logout(), { status: "ok", redirectUrl: null })
      assert.deepStrictEqual(yield* Effect.flip(linxio.auth.me({ query: {} })), {
        code: 401,
        message: "Invalid JWT Token"
      })
    }).pipe(Effect.provide(FakeLinxio.layer({ accounts })))
  )

  it.effect("tells the four answers of a login apart, and its refusal", () =>
    Effect.gen(function* () {
      const { auth } = yield* client()
      const login = (email: string) => auth.login({ payload: { email, password } })
      assert.property(yield* login("fleet@example.test"), "token")
      assert.propertyVal(yield* login("otp@example.test"), "otp_required", true)
      assert.propertyVal(yield* login("blocked@example.test"), "blocked", true)
      assert.propertyVal(yield* login("phone@example.test"), "isPhoneVerified", false)
      assert.deepStrictEqual(yield* Effect.flip(login("nobody@example.test")), {
        code: 401,
        message: "Invalid credentials."
      })
      const code = Redacted.make("424242")
      const verified = yield* auth.verifyOtp({ payload: { email: "otp@example.test", code } })
      assert.strictEqual(verified.teamType, "client")
    }).pipe(Effect.provide(FakeLinxio.layer({ accounts })))
  )
})
