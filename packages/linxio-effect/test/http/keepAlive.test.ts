/** A client with `keepAlive` refreshes although nothing is called; a client without it does nothing. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { answer, denial, json, layer, makeFake, refreshRoute, signedIn } from "../support/harness.ts"
import { makeStore } from "../support/store.ts"
import { makeProcess } from "../refresh/cluster.ts"

const hour = 3_600_000
const day = 24 * hour
const keepAlive = { keepAlive: true }
/** The microtasks and the timers that are due. */
const pass = (ms: number) =>
  Effect.gen(function* () {
    for (let left = ms; left > 0; left -= hour) {
      yield* TestClock.adjust(Math.min(hour, left))
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
    }
  })

describe("a client with keepAlive", () => {
  it.effect("refreshes once for each access token, shortly before it expires", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      yield* signedIn(fake, keepAlive)
      yield* pass(hour - 150_000)
      assert.lengthOf(fake.refreshes(), 0)
      yield* pass(60_000)
      assert.lengthOf(fake.refreshes(), 1)
      yield* pass(day)
      assert.approximately(fake.refreshes().length, 25, 1)
      assert.lengthOf(fake.sent("GET /vehicles"), 0)
    })
  )

  it.effect("waits for the expiry of a token that lives longer than a timer can (I-26)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: 40 * day })
      yield* signedIn(fake, keepAlive)
      yield* pass(39 * day)
      assert.lengthOf(fake.refreshes(), 0)
      yield* pass(day)
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("refreshes at once if the token has expired already", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const tokens = yield* fake.issue()
      yield* TestClock.adjust(2 * hour)
      yield* Layer.build(layer(fake, { ...tokens, ...keepAlive }))
      yield* pass(1)
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("starts with a sign-in", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const client = yield* signedIn(fake, keepAlive)
      yield* client.auth.logout
      yield* pass(day)
      assert.lengthOf(fake.refreshes(), 0)
      yield* client.auth.login({ email: "a@example.test", password: "p" })
      yield* pass(hour)
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("does nothing if the expiry is unknown", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      yield* signedIn(fake, keepAlive)
      yield* pass(100 * day)
      assert.lengthOf(fake.refreshes(), 0)
    })
  )

  it.effect("pauses between two refreshes if the tokens that it receives live for a second (I-26)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true, lifetimeMs: hour })
      yield* signedIn(fake, keepAlive)
      let issued = 0
      fake.always(refreshRoute, () =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const expireAt = new Date(now + 1_000).toISOString()
          const date = new Date(now).toUTCString()
          return json(200, { token: `t${++issued}`, refreshToken: `r${issued}`, expireAt }, { date })
        })
      )
      yield* pass(hour - 150_000)
      for (let second = 0; second < 300; second++) yield* TestClock.adjust(1_000)
      assert.isAtLeast(issued, 1)
      assert.isAtMost(issued, 11)
    })
  )

  it.effect("tries again after a failure, and stops after a refusal", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const client = yield* signedIn(fake, keepAlive)
      fake.always(refreshRoute, answer(503))
      yield* pass(hour - 60_000)
      assert.isAtLeast(fake.refreshes().length, 1)
      fake.always(refreshRoute, undefined)
      yield* pass(120_000)
      yield* pass(1)
      const { length } = fake.refreshes()
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.lengthOf(fake.refreshes(), length)
      fake.always(refreshRoute, denial)
      yield* pass(day)
      assert.lengthOf(fake.refreshes(), length + 1)
    })
  )

  it.effect("ends with the client (I-26)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const tokens = yield* fake.issue()
      const scope = yield* Scope.make()
      const clock = yield* Clock.Clock
      let sleeps = 0
      const counting: Clock.Clock = { ...clock, sleep: (duration) => (sleeps++, clock.sleep(duration)) }
      const built = Layer.buildWithScope(layer(fake, { ...tokens, ...keepAlive }), scope)
      yield* Effect.provideService(built, Clock.Clock, counting)
      yield* pass(1)
      assert.strictEqual(sleeps, 1)
      yield* Scope.close(scope, Exit.void)
      const { length } = fake.refreshes()
      sleeps = 0
      yield* pass(day)
      assert.strictEqual(sleeps, 0)
      assert.lengthOf(fake.refreshes(), length)
    })
  )

  it.effect("is one of several on a store: one refreshes, and the others adopt (S-2)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true, lifetimeMs: hour })
      const store = makeStore()
      const processes = yield* Effect.forEach([0, -day, day], (offsetMs) =>
        makeProcess(fake, store.service, keepAlive, { offsetMs })
      )
      for (const { auth } of processes.slice(0, 1)) yield* auth.login({ email: "a@example.test", password: "p" })
      const all = Effect.forEach(processes, ({ get }) => Effect.forkChild(get))
      yield* all
      for (let minute = 0; minute < 10 * 60; minute++) yield* pass(60_000)
      const { length } = fake.refreshes()
      assert.approximately(length, 10, 1)
      const calls = yield* all
      yield* pass(5_000)
      yield* Fiber.joinAll(calls)
      assert.lengthOf(fake.refreshes(), length)
    })
  )
})

describe("a client without keepAlive", () => {
  it.effect("refreshes nothing and reads no store while it is idle (S-14)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: hour })
      const store = makeStore(yield* fake.issue())
      const { get } = yield* makeProcess(fake, store.service)
      const first = yield* Effect.forkChild(get)
      yield* pass(1)
      yield* Fiber.join(first)
      const { loads, swaps } = store.counts
      yield* pass(2 * day)
      assert.deepStrictEqual(store.counts, { loads, swaps })
      assert.lengthOf(fake.refreshes(), 0)
    })
  )
})
