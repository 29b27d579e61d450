/** The layer: a transport without sockets, on the clock of the fiber that asks. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { FakeLinxio } from "linxio-testing"
import { claims, credentials, string } from "./support.ts"

const url = "https://api.linxio.com/api"

const member = (value: unknown, name: string): string =>
  typeof value === "object" && value !== null && name in value
    ? string(Object.entries(value).find(([key]) => key === name)?.[1])
    : string(undefined)

const signIn = Effect.gen(function* () {
  const http = yield* HttpClient.HttpClient
  const reply = yield* (yield* http.post(`${url}/login`, { body: HttpBody.jsonUnsafe(credentials) })).json
  return { token: member(reply, "token"), refreshToken: member(reply, "refreshToken") }
})

const get = Effect.fnUntraced(function* (path: string, token: string) {
  const http = yield* HttpClient.HttpClient
  const response = yield* http.execute(HttpClientRequest.get(url + path).pipe(HttpClientRequest.bearerToken(token)))
  return { status: response.status, text: yield* response.text }
})

describe("FakeLinxio.layer", () => {
  it.effect("expires tokens with the test clock, to the second", () =>
    Effect.gen(function* () {
      const { token } = yield* signIn
      assert.deepStrictEqual([claims(token).iat, claims(token).exp], [0, 3600])
      yield* TestClock.adjust("59 minutes")
      assert.strictEqual((yield* get("/me", token)).status, 200)
      yield* TestClock.adjust("1 minute")
      const refused = yield* get("/me", token)
      assert.deepStrictEqual([refused.status, refused.text], [401, `{"code":401,"message":"Expired JWT Token"}`])
      const fake = yield* FakeLinxio
      assert.deepStrictEqual(
        fake.requests.map((request) => [request.at, request.token]),
        [
          [0, "none"],
          [59 * 60_000, "valid"],
          [60 * 60_000, "expired"]
        ]
      )
    }).pipe(Effect.provide(FakeLinxio.layer({ accessTokenLifetime: "1 hour" })))
  )

  it.effect("lets a spent refresh token through for the time of grace, to the same successor", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      const http = yield* HttpClient.HttpClient
      const { refreshToken } = yield* signIn
      const renew = Effect.flatMap(
        http.post(`${url}/token/refresh`, { body: HttpBody.jsonUnsafe({ refreshToken }) }),
        (response) =>
          Effect.map(response.json, (reply) =>
            response.status === 200 ? member(reply, "refreshToken") : response.status
          )
      )
      const successor = yield* renew
      yield* TestClock.adjust("9 seconds")
      assert.strictEqual(yield* renew, successor)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* renew, 400)
      assert.deepStrictEqual(fake.reusedRefreshTokens, ["r1"])
    }).pipe(Effect.provide(FakeLinxio.layer({ rotation: true, rotationGrace: "10 seconds" })))
  )

  it.effect("revokes the whole session when a spent refresh token returns, if told to", () =>
    Effect.gen(function* () {
      const http = yield* HttpClient.HttpClient
      const { refreshToken } = yield* signIn
      const present = (value: string) =>
        http.post(`${url}/token/refresh`, { body: HttpBody.jsonUnsafe({ refreshToken: value }) })
      const renewed = yield* (yield* present(refreshToken)).json
      assert.strictEqual((yield* present(refreshToken)).status, 400)
      assert.strictEqual((yield* get("/me", member(renewed, "token"))).status, 401)
      assert.strictEqual((yield* present(member(renewed, "refreshToken"))).status, 400)
    }).pipe(Effect.provide(FakeLinxio.layer({ rotation: true, revokeFamilyOnReuse: true })))
  )

  it.effect("gives the same tokens for the same seed and others for another", () =>
    Effect.gen(function* () {
      const run = (seed: number) => Effect.provide(signIn, FakeLinxio.layer({ seed }))
      assert.deepStrictEqual(yield* run(1), yield* run(1))
      assert.notDeepEqual(yield* run(1), yield* run(2))
    })
  )

  it.effect("signs with RS256 where that is asked for", () =>
    Effect.gen(function* () {
      const { token } = yield* signIn
      assert.match(Buffer.from(token.split(".")[0] ?? "", "base64url").toString(), /RS256/)
      assert.strictEqual((yield* get("/me", token)).status, 200)
    }).pipe(Effect.provide(FakeLinxio.layer({ signing: "rs256" })))
  )

  it.effect("leaves iat out of the tokens where that is asked for", () =>
    Effect.gen(function* () {
      assert.notProperty(claims((yield* signIn).token), "iat")
    }).pipe(Effect.provide(FakeLinxio.layer({ issuedAtClaim: false })))
  )

  it.effect("reads a streamed request body", () =>
    Effect.gen(function* () {
      const http = yield* HttpClient.HttpClient
      const body = Stream.make(new TextEncoder().encode(JSON.stringify(credentials)))
      const response = yield* http.post(`${url}/login`, { body: HttpBody.stream(body) })
      assert.strictEqual(response.status, 200)
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("fails a reset as a transport error", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "reset" })
      const error = yield* Effect.flip(signIn)
      assert.strictEqual(error.reason._tag, "TransportError")
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("ends a stalled request with the fiber that made it", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "stall-headers" })
      const fiber = yield* Effect.forkChild(signIn, { startImmediately: true })
      assert.strictEqual(fake.requests[0]?.status, "pending")
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(fiber)))
      assert.strictEqual(fake.requests[0]?.status, "abandoned")
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("waits for a stalled body as long as the caller does", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "stall-body", endpoint: "login" })
      const fiber = yield* Effect.forkChild(Effect.timeoutOption(signIn, "30 seconds"), { startImmediately: true })
      yield* TestClock.adjust("29 seconds")
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "None")
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("drips and delays on the test clock", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "latency", ms: 2000 })
      fake.inject({ fault: "slow-trickle", ms: 3000 })
      const fiber = yield* Effect.forkChild(signIn, { startImmediately: true })
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(fake.requests[0]?.status, 200)
      yield* TestClock.adjust("2999 millis")
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      yield* Fiber.join(fiber)
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("follows a redirect within the origin, and records one that leads away without following it", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "redirect", to: "/api/login" })
      yield* signIn
      assert.deepStrictEqual(
        fake.requests.map((request) => request.status),
        [307, 200]
      )
      fake.inject({ fault: "redirect", to: "https://elsewhere.test/login" })
      assert.strictEqual((yield* Effect.flip(signIn)).reason._tag, "TransportError")
      assert.deepStrictEqual(
        fake.redirectsFollowed.map(({ crossOrigin, to, withBody }) => ({ crossOrigin, to, withBody })),
        [
          { crossOrigin: false, to: `${url}/login`, withBody: true },
          { crossOrigin: true, to: "https://elsewhere.test/login", withBody: true }
        ]
      )
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )

  it.effect("follows no redirect for a client that says so", () =>
    Effect.gen(function* () {
      const fake = yield* FakeLinxio
      fake.inject({ fault: "redirect", to: "/api/login" })
      yield* Effect.flip(Effect.provideService(signIn, FetchHttpClient.RequestInit, { redirect: "error" }))
      assert.strictEqual(fake.requests.length, 1)
      assert.deepStrictEqual(fake.redirectsFollowed, [])
    }).pipe(Effect.provide(FakeLinxio.layer()))
  )
})
