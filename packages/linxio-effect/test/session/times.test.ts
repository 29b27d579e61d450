/** The times of a session: hints that fail nothing, kept as Linxio wrote them, whatever the clock of this machine says. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import type { LinxioOptions, SessionTokens, TokenInput } from "linxio-effect"
import { decode, encode, type StoredSession } from "linxio-effect/stores/StoredSession"
import { answer, json, loginRoute, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

const hour = 3_600_000
const day = 24 * hour
const credentials = { email: "user@example.test", password: "pw" }
const opaque = { token: "access", refreshToken: "refresh" }
const jwt = (claims: object) => `e30.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.sig`

const tokensOf = (client: Effect.Success<ReturnType<typeof makeClient>>): SessionTokens => {
  const state = client.session.currentUnsafe()
  assert(state._tag === "Active")
  return state.tokens
}

const unreadable = {
  "a sentence": "in an hour",
  "a number": 1_787_655_129,
  "PHP's date object": { date: "2026-08-25 10:52:09.000000", timezone_type: 3, timezone: "UTC" },
  null: null,
  "a list": ["2026-08-25"]
}

describe("a time that Linxio sends and nobody can read", () => {
  for (const [name, time] of Object.entries(unreadable)) {
    const reply = { ...opaque, expireAt: time, refreshTokenExpireAt: time }

    it.effect(`fails no login, and is unknown: ${name} (F-3)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        fake.next(loginRoute, answer(200, reply))
        const client = yield* makeClient(fake)
        const outcome = yield* client.auth.login(credentials)
        assert.strictEqual(outcome._tag, "SignedIn")
        assert.notProperty(outcome, "expireAt")
        assert.notProperty(tokensOf(client), "expireAt")
        assert.notProperty(tokensOf(client), "refreshTokenExpireAt")
      })
    )

    it.effect(`throws no rotated token away: ${name} (F-3, I-18)`, () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const client = yield* signedIn(fake)
        fake.next(refreshRoute, (_, proceed) =>
          Effect.flatMap(proceed, (response) =>
            Effect.map(
              Effect.promise(() => response.json()),
              (body) => json(200, { ...body, expireAt: time, refreshTokenExpireAt: time })
            )
          )
        )
        yield* client.auth.refresh
        assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
        yield* client.auth.refresh
        assert.strictEqual(fake.refreshes().at(-1)?.refreshToken, "user-refresh-2")
      })
    )
  }

  it.effect("is refused when a caller gives it, and the session stays", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const before = client.session.currentUnsafe()
      for (const expireAt of ["soon", Number.NaN, new Date(Number.NaN), {}, true]) {
        const failure = yield* Effect.flip(client.auth.setSession({ ...opaque, expireAt } as TokenInput))
        assert.strictEqual(failure._tag, "LinxioValidationError")
      }
      assert.strictEqual(client.session.currentUnsafe(), before)
    })
  )
})

describe("a time out of range", () => {
  const claims = { "1e300": 1e300, "in microseconds": 1_787_655_129e6, MAX_SAFE_INTEGER: 2 ** 53 - 1, negative: -5 }
  for (const [name, exp] of Object.entries(claims)) {
    it.effect(`is unknown: an exp that is ${name} (F-13)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        fake.next(loginRoute, answer(200, { ...opaque, token: jwt({ exp, iat: 1 }) }))
        const client = yield* makeClient(fake)
        yield* client.auth.login(credentials)
        assert.notProperty(tokensOf(client), "expiry")
        assert.notProperty(tokensOf(client), "expireAt")
        yield* client.auth.setSession({ token: jwt({ exp }), refreshToken: "other" })
        assert.notProperty(tokensOf(client), "expiry")
      })
    )
  }

  for (const expireAt of [Infinity, -Infinity, 1e300, Number.MAX_SAFE_INTEGER, -1, new Date(8.64e15)]) {
    it.effect(`is unknown: ${String(expireAt)} as an option and in setSession (F-13)`, () =>
      Effect.gen(function* () {
        const options: LinxioOptions = { ...opaque, expireAt }
        const client = yield* makeClient(makeFake(), options)
        assert.notProperty(tokensOf(client), "expiry")
        assert.notProperty(tokensOf(client), "expireAt")
        yield* client.auth.setSession({ ...opaque, token: "other", expireAt, refreshTokenExpireAt: expireAt })
        assert.notProperty(tokensOf(client), "expiry")
        assert.notProperty(tokensOf(client), "refreshTokenExpiresAt")
      })
    )
  }
})

describe("the end of a token", () => {
  it.effect("is kept as Linxio wrote it, while the clock goes by receipt and lifetime (F-14, I-25)", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(10 * day)
      const fake = makeFake()
      const written = "1970-01-09T01:00:00+0000" // by the server's clock, which is two days behind
      const reply = { ...opaque, expireAt: written, refreshTokenExpireAt: "1970-02-09 00:00:00" }
      const dated = answer(200, reply, { date: new Date(8 * day).toUTCString() })
      fake.next(loginRoute, dated)
      fake.next(refreshRoute, answer(200, reply))
      const client = yield* makeClient(fake)
      const outcome = yield* client.auth.login(credentials)
      assert.include(outcome, { expireAt: written, refreshTokenExpireAt: "1970-02-09 00:00:00" })
      assert.include(tokensOf(client), { expireAt: written, refreshTokenExpireAt: "1970-02-09 00:00:00" })
      assert.deepStrictEqual(tokensOf(client).expiry, { expiresAt: 10 * day + hour, lifetimeMs: hour })
      // Without a Date header the lifetime is unknown, and the text is what it was.
      yield* client.auth.refresh
      assert.include(tokensOf(client), { expireAt: written })
      assert.notProperty(tokensOf(client), "expiry")
    })
  )

  it.effect("is that of the token where Linxio wrote none", () =>
    Effect.gen(function* () {
      const client = yield* makeClient(makeFake(), { ...opaque, token: jwt({ exp: 3600, iat: 0 }) })
      assert.strictEqual(tokensOf(client).expireAt, "1970-01-01T01:00:00.000Z")
    })
  )
})

describe("a stored session", () => {
  const stored = (tokens: SessionTokens) => JSON.parse(JSON.stringify(encode(tokens))) as StoredSession
  const fresh: SessionTokens = {
    accessToken: Redacted.make("access"),
    refreshToken: Redacted.make("refresh"),
    expireAt: "2026-08-25T10:52:09+00:00",
    refreshTokenExpireAt: "2026-09-25 10:52:09",
    refreshTokenExpiresAt: Date.parse("2026-09-25T10:52:09Z"),
    obtainedAt: 10 * day,
    expiry: { expiresAt: 10 * day + hour, lifetimeMs: hour }
  }

  it("holds what Linxio wrote and the lifetime, and no end by the clock of this machine (F-14)", () => {
    assert.deepStrictEqual(stored(fresh), {
      token: "access",
      refreshToken: "refresh",
      expireAt: "2026-08-25T10:52:09+00:00",
      refreshTokenExpireAt: "2026-09-25 10:52:09",
      lifetimeMs: hour,
      obtainedAt: 10 * day
    })
    assert.deepStrictEqual(decode(stored(fresh), 10 * day + 5), fresh)
  })

  const readers = { "a day ahead": day, right: 0, "a day behind": -day }
  for (const [name, skew] of Object.entries(readers)) {
    it(`never outlives its lifetime for a reader whose clock is ${name} (I-25)`, () => {
      const now = 10 * day + skew
      const read = decode(stored(fresh), now)
      assert(!(read instanceof Error))
      assert.isAtMost(read.expiry?.expiresAt ?? Infinity, now + hour)
      assert.strictEqual(read.expireAt, fresh.expireAt)
    })

    it(`without a lifetime is neither expired nor valid by a clock that is ${name}: a 401 decides (I-25)`, () => {
      const { expiry: _, ...dateless } = fresh
      const read = decode(stored(dateless), Date.parse("2026-08-25T10:00:00Z") + skew)
      assert.deepStrictEqual(read, dateless)
    })
  }

  it("of a token that was set says nothing of a lifetime that has partly passed", () => {
    const set: SessionTokens = { ...fresh, expiry: { expiresAt: 10 * day + hour / 2, lifetimeMs: hour } }
    assert.notProperty(stored(set), "lifetimeMs")
  })

  it("from elsewhere is read as setSession reads it, and times that cannot be read are unknown (F-3)", () => {
    const read = decode({ token: "access", expireAt: "2026-08-25 10:52:09" }, 7)
    assert(!(read instanceof Error))
    assert.deepStrictEqual(read.expiry, { expiresAt: Date.parse("2026-08-25T10:52:09Z") })
    assert.strictEqual(read.obtainedAt, 7)
    const odd = { token: "access", expireAt: "soon", lifetimeMs: 1e300, obtainedAt: Infinity, refreshTokenExpireAt: {} }
    assert.deepStrictEqual(decode(odd, 7), { accessToken: Redacted.make("access"), obtainedAt: 7 })
  })
})
