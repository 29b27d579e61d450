/** `setSession`: the same tokens with other times, and a lone access token. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { LinxioValidationError, type SessionState } from "linxio-effect"
import { answer, loginRoute, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"
import { changesOf } from "../support/store.ts"

const hour = 3_600_000
const jwt = (claims: object) => `e30.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.sig`

const tokensOf = (state: SessionState) => {
  assert(state._tag === "Active")
  return state.tokens
}

/** The secrets of the session, as text. */
const holds = (state: SessionState) => {
  const { accessToken, refreshToken } = tokensOf(state)
  return [accessToken && Redacted.value(accessToken), refreshToken && Redacted.value(refreshToken)]
}

describe("the same tokens with another expireAt", () => {
  it.effect("take the new end, without a new identity and without a word to observers (F-15)", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const before = client.session.currentUnsafe()
      const seen = changesOf(client.session)
      const expireAt = "1970-01-01 01:00:00"
      yield* client.auth.setSession({ ...client.tokens, expireAt, refreshTokenExpireAt: 2 * hour })
      const after = client.session.currentUnsafe()
      assert.include(after, { epoch: before.epoch, generation: 0 })
      assert.include(tokensOf(after), { expireAt, refreshTokenExpiresAt: 2 * hour })
      assert.deepStrictEqual(tokensOf(after).expiry, { expiresAt: hour })
      yield* Effect.yieldNow
      assert.deepStrictEqual(seen, [])
    })
  )

  it.effect("are renewed at the new end (F-15)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      yield* client.auth.setSession({ ...client.tokens, expireAt: hour })
      yield* TestClock.adjust(hour)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.lengthOf(fake.sent("GET /vehicles"), 1)
    })
  )

  it.effect("cancel no refresh that is under way (F-15, I-12)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      const gate = fake.hold(refreshRoute)
      const refresh = yield* Effect.forkChild(client.auth.refresh, { startImmediately: true })
      yield* gate.arrived
      yield* client.auth.setSession({ ...client.tokens, expireAt: hour })
      yield* gate.open
      yield* Fiber.join(refresh)
      assert.deepStrictEqual(holds(client.session.currentUnsafe()), ["user-access-2", "user-refresh-2"])
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
    })
  )

  it.effect("that is the same moment, or none, or out of range, leave the session as it is (I-25)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour, skewMs: 20 * hour })
      const client = yield* makeClient(fake)
      yield* client.auth.login({ email: "user", password: "pw" })
      const before = client.session.currentUnsafe()
      const [token, refreshToken] = holds(before)
      const { expireAt } = tokensOf(before)
      assert.deepStrictEqual(tokensOf(before).expiry, { expiresAt: hour, lifetimeMs: hour })
      for (const same of [expireAt, new Date(expireAt ?? ""), undefined, null, "", Infinity]) {
        yield* client.auth.setSession({ token, refreshToken, expireAt: same })
        assert.strictEqual(client.session.currentUnsafe(), before)
      }
    })
  )
})

describe("an access token alone", () => {
  const userOf = (claims: object) => ({ token: jwt(claims), refreshToken: "first-refresh" })

  const same = { sub: { sub: "7" }, email: { email: "user@example.test" }, both: { sub: 7, email: "a@b.test" } }
  for (const [name, claims] of Object.entries(same)) {
    it.effect(`of the same user, by its ${name}, keeps the refresh token and its end`, () =>
      Effect.gen(function* () {
        const client = yield* makeClient(makeFake())
        yield* client.auth.setSession({ ...userOf({ ...claims, exp: 100 }), refreshTokenExpireAt: hour })
        const token = jwt({ ...claims, exp: 200 })
        yield* client.auth.setSession({ token })
        const state = client.session.currentUnsafe()
        assert.deepStrictEqual(holds(state), [token, "first-refresh"])
        assert.include(tokensOf(state), { refreshTokenExpiresAt: hour, expireAt: "1970-01-01T00:03:20.000Z" })
        assert.isString(tokensOf(state).refreshTokenExpireAt)
      })
    )
  }

  it.effect("that is the current one changes nothing, whatever it is", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const before = client.session.currentUnsafe()
      yield* client.auth.setSession({ token: client.tokens.token })
      assert.strictEqual(client.session.currentUnsafe(), before)
    })
  )

  const others = {
    "of another user": [{ sub: "7" }, jwt({ sub: "8" })],
    "that does not say whose it is": [{ sub: "7" }, "opaque"],
    "after one that did not say whose it was": [{}, jwt({ sub: "7" })],
    "after another that did not say whose it was": [{}, jwt({ exp: 5 })]
  } as const
  for (const [name, [claims, token]] of Object.entries(others)) {
    it.effect(`${name} is refused, with the way out, and the session stays (I-11)`, () =>
      Effect.gen(function* () {
        const client = yield* makeClient(makeFake(), userOf(claims))
        const before = client.session.currentUnsafe()
        const failure = yield* Effect.flip(client.auth.setSession({ token }))
        assert.instanceOf(failure, LinxioValidationError)
        assert.strictEqual(failure.issues[0]?.field, "refreshToken")
        assert.include(failure.message, "refreshToken: null")
        assert.notInclude(failure.message, token)
        assert.strictEqual(client.session.currentUnsafe(), before)
      })
    )

    it.effect(`${name} is taken with refreshToken: null, and none of the session before is kept (I-11)`, () =>
      Effect.gen(function* () {
        const client = yield* makeClient(makeFake(), userOf(claims))
        yield* client.auth.setSession({ token, refreshToken: null })
        assert.deepStrictEqual(holds(client.session.currentUnsafe()), [token, undefined])
      })
    )
  }

  it.effect("begins a session where there is none to lose: signed out, ended, or without a refresh token", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      yield* client.auth.setSession({ token: "first" })
      yield* client.auth.setSession({ token: "second" })
      assert.deepStrictEqual(holds(client.session.currentUnsafe()), ["second", undefined])
      yield* client.auth.setSession({ token: "third", refreshToken: "revoked" })
      yield* Effect.flip(client.get("/vehicles"))
      assert.strictEqual(client.session.currentUnsafe()._tag, "Ended")
      yield* client.auth.setSession({ token: "fourth" })
      assert.deepStrictEqual(holds(client.session.currentUnsafe()), ["fourth", undefined])
    })
  )

  it.effect("is refused where only a refresh token is known, whose user nobody knows", () =>
    Effect.gen(function* () {
      const client = yield* makeClient(makeFake(), { refreshToken: "refresh" })
      assert.instanceOf(yield* Effect.flip(client.auth.setSession({ token: jwt({ sub: "7" }) })), LinxioValidationError)
    })
  )

  it.effect("is renewed with the refresh token that was kept", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { refreshToken } = yield* fake.issue()
      fake.next(loginRoute, answer(200, { token: jwt({ sub: "7" }), refreshToken }))
      const client = yield* makeClient(fake)
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* client.auth.setSession({ token: jwt({ sub: "7", exp: 100 }) })
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.strictEqual(fake.refreshes()[0]?.refreshToken, refreshToken)
    })
  )
})
