import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { TestClock } from "effect/testing"
import { answer, denial, json, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
const once = { schedule: Schedule.recurs(0) }
const hour = 3_600_000
const day = 24 * hour

describe("a request during a refresh", () => {
  it.effect("does not wait while the token is valid, neither the first nor those after it (I-10)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const client = yield* signedIn(fake)
      yield* TestClock.adjust(hour - 60_000)
      const gate = fake.hold(refreshRoute)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-1")
      yield* gate.arrived
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-1")
      yield* gate.open
      yield* client.auth.refresh
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("waits when the token has expired, so that no 401 is provoked (I-10)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const client = yield* signedIn(fake)
      yield* TestClock.adjust(hour)
      const gate = fake.hold(refreshRoute)
      const calls = yield* Effect.forEach(["/vehicles", "/drivers"], (path) => begin(client.get(path)))
      yield* gate.arrived
      assert.strictEqual(fake.requests.length, 1)
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.joinAll(calls), ["user-access-2", "user-access-2"])
      assert.strictEqual(fake.requests.length, 3)
    })
  )

  it.effect("waits when the token was refused (I-10)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold(refreshRoute)
      const first = yield* begin(client.get("/vehicles"))
      yield* gate.arrived
      const second = yield* begin(client.get("/drivers"))
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.joinAll([first, second]), ["user-access-2", "user-access-2"])
      assert.deepStrictEqual(
        fake.sent("GET /drivers").map(({ bearer }) => bearer),
        ["user-access-2"]
      )
    })
  )

  it.effect("a client that was given a refresh token only refreshes before its first request (I-10)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { refreshToken } = yield* fake.issue()
      const client = yield* makeClient(fake, { refreshToken })
      assert.strictEqual(fake.requests.length, 0)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.deepStrictEqual(
        fake.requests.map(({ route }) => route),
        [refreshRoute, "GET /vehicles"]
      )
    })
  )
})

describe("a refresh that brings nothing new", () => {
  it.effect("without a time of the server, the local clock asks for no refresh however fast it runs (I-25)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: 100_000 })
      const client = yield* signedIn(fake)
      // A browser hides the Date header across origins, and an opaque token has no times of its own.
      fake.always(refreshRoute, () => Effect.map(fake.issue(), (tokens) => json(200, tokens)))
      yield* client.auth.refresh
      yield* TestClock.adjust(99_990)
      yield* client.get("/vehicles")
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("the unchanged token starts no other refresh, although the clock says that it has expired (I-24)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: 100_000 })
      const client = yield* signedIn(fake)
      const dated = (now: number) => json(200, client.tokens, { date: new Date(now).toUTCString() })
      fake.always(refreshRoute, () => Effect.map(Clock.currentTimeMillis, dated))
      yield* TestClock.adjust(99_000)
      for (const later of [0, 960, 20, 10]) {
        yield* TestClock.adjust(later)
        assert.strictEqual(yield* client.get("/vehicles"), client.tokens.token)
      }
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("a token that comes expired starts no other refresh (I-24)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: 100_000 })
      const client = yield* signedIn(fake)
      yield* TestClock.adjust(99_000)
      fake.always(refreshRoute, () =>
        Effect.sync(() => json(200, { ...client.tokens, token: "stale", expireAt: "1970-01-01T00:00:00Z" }))
      )
      fake.always("GET /vehicles", answer(200, { signedBy: "anybody" }))
      for (let call = 0; call < 5; call++) yield* client.get("/vehicles")
      assert.strictEqual(fake.refreshes().length, 1)
      assert.deepStrictEqual(
        fake.sent("GET /vehicles").map(({ bearer }) => bearer),
        Array(5).fill("stale")
      )
    })
  )

  it.effect("the unchanged token that the server refuses costs one refresh (I-24)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      fake.always(refreshRoute, () => Effect.sync(() => json(200, client.tokens)))
      for (let call = 0; call < 5; call++) yield* Effect.flip(client.get(`/vehicles/${call}`))
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )
})

describe("a refresh that fails", () => {
  it.effect("fails no request whose token the server still takes (I-22)", () =>
    Effect.gen(function* () {
      for (const outcome of [answer(503), denial]) {
        const fake = makeFake({ lifetimeMs: 100_000 })
        const client = yield* signedIn(fake, { refresh: once })
        fake.lifetimeMs = 1_000_000
        const longer = yield* fake.issue() // the server lets it live longer than the client was told
        yield* client.auth.setSession({ ...longer, expireAt: (yield* Clock.currentTimeMillis) + 100_000 })
        fake.always(refreshRoute, outcome)
        for (let call = 0; call < 5; call++) {
          yield* TestClock.adjust(30_000) // fresh, fresh, in the soft window, past the end, past the end
          assert.strictEqual(yield* client.get("/vehicles"), longer.token)
        }
        assert.isAtLeast(fake.refreshes().length, 1)
      }
    })
  )

  it.effect("fails no request because another one was accepted meanwhile (I-22)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const tokens = yield* fake.issue()
      const client = yield* signedIn(fake, {
        ...tokens,
        expireAt: 500_000,
        refresh: once,
        timeoutMs: 1_000_000,
        deadlineMs: 1_000_000
      })
      const slowGate = fake.hold("GET /slow")
      const slow = yield* begin(client.get("/slow"))
      yield* slowGate.arrived
      yield* TestClock.adjust(495_000)
      const gate = fake.hold(refreshRoute, denial)
      const caller = yield* begin(client.get("/vehicles"))
      yield* gate.arrived
      yield* slowGate.open
      assert.strictEqual(yield* Fiber.join(slow), tokens.token)
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(caller), tokens.token)
      assert.strictEqual(client.session.currentUnsafe()._tag, "Active")
    })
  )
})

describe("a clock that is wrong", () => {
  const errors = {
    right: 0,
    "a minute fast": 60_000,
    "a minute slow": -60_000,
    "an hour fast": hour,
    "an hour slow": -hour,
    "a day fast": day,
    "a day slow": -day
  }

  for (const [name, error] of Object.entries(errors)) {
    it.effect(`costs one refresh per lifetime and one more at most when it is ${name} (I-25)`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(10 * day)
        const fake = makeFake({ lifetimeMs: hour, skewMs: -error })
        const client = yield* signedIn(fake) // hydrated: only the absolute end is known
        const lifetimes = 10
        for (let minute = 0; minute < lifetimes * 60; minute++) {
          yield* client.get("/vehicles")
          yield* TestClock.adjust(60_000)
        }
        assert.isAtMost(fake.refreshes().length, lifetimes + 1)
        assert.isAtLeast(fake.refreshes().length, lifetimes - 1)
      })
    )

    it.effect(`provokes no 401 after a login when it is ${name} (I-25)`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(10 * day)
        const fake = makeFake({ lifetimeMs: hour, skewMs: -error })
        const client = yield* makeClient(fake)
        yield* client.auth.login({ email: "user", password: "secret" })
        for (let minute = 0; minute < 180; minute++) {
          yield* client.get("/vehicles")
          yield* TestClock.adjust(60_000)
        }
        assert.strictEqual(fake.sent("GET /vehicles").length, 180)
        assert.isAtMost(fake.refreshes().length, 4)
      })
    )
  }
})
