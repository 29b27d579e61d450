/** The stored session and the one in memory, in step: restore, save, adopt, end. */
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { makeClient, makeFake, refreshRoute } from "../support/harness.ts"
import { changesOf, failing, makeStore } from "../support/store.ts"

describe("restoring", () => {
  it.effect("happens once, before the first request of many is signed, and not when the client is made (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const stored = yield* fake.issue()
      const store = makeStore(stored)
      const client = yield* makeClient(fake, {}, store)
      assert.strictEqual(store.loads, 0)
      const signers = yield* Effect.all(
        [1, 2, 3].map(() => client.get("/vehicles")),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(signers, [stored.token, stored.token, stored.token])
      assert.strictEqual(store.loads, 1)
    })
  )

  it.effect("of a refresh token alone refreshes before the first request", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { refreshToken } = yield* fake.issue()
      const client = yield* makeClient(fake, {}, makeStore({ refreshToken }))
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.deepStrictEqual(
        fake.requests.map(({ route }) => route),
        [refreshRoute, "GET /vehicles"]
      )
    })
  )

  it.effect("never takes the place of somebody who has signed in or out meanwhile", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore(yield* fake.issue("stored"))
      const client = yield* makeClient(fake, {}, store)
      yield* client.auth.login({ email: "other", password: "pw" })
      assert.strictEqual(yield* client.get("/vehicles"), "other-access-2")
      assert.strictEqual(yield* store.stored, "other-refresh-2")
      yield* client.auth.logout
      assert.include(yield* Effect.flip(client.get("/vehicles")), { reason: "NotSignedIn" })
      assert.isUndefined(yield* store.stored)
    })
  )

  it.effect("that ends after a sign-in does not take its place (I-15)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore(yield* fake.issue("stored"))
      const gate = Deferred.makeUnsafe<void>()
      const old = yield* store.memory.load
      const load = Effect.suspend(() =>
        store.loads++ === 0 ? Effect.as(Deferred.await(gate), old) : store.memory.load
      )
      const client = yield* makeClient(fake, {}, { ...store, load })
      const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
      yield* client.auth.login({ email: "other", password: "pw" })
      yield* Deferred.succeed(gate, undefined)
      assert.strictEqual(yield* Fiber.join(fiber), "other-access-2")
      assert.strictEqual(yield* client.get("/vehicles"), "other-access-2")
    })
  )

  it.effect("that fails, fails the call of nobody and is tried again by the next", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const stored = yield* fake.issue()
      const store = makeStore(stored)
      const { load } = store
      store.load = failing("load")
      const client = yield* makeClient(fake, {}, { ...store, load: Effect.suspend(() => store.load) })
      const failure = yield* Effect.flip(client.get("/vehicles"))
      assert.include(failure, { _tag: "LinxioStoreError", operation: "load" })
      store.load = load
      assert.strictEqual(yield* client.get("/vehicles"), stored.token)
    })
  )

  it.effect("that fails does not fail the call of somebody who is signed in; it is announced", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, {}, { ...makeStore(), load: failing("load") })
      const seen = changesOf(client.session)
      yield* client.auth.login({ email: "user", password: "pw" })
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-1")
      assert.include(seen, "storeFailed")
    })
  )

  it.effect("that hangs is bounded by the limits of the call (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { timeoutMs: 300 }, { ...makeStore(), load: Effect.never })
      const fiber = yield* Effect.forkChild(Effect.flip(client.get("/vehicles")), { startImmediately: true })
      yield* TestClock.adjust(300)
      assert.include(yield* Fiber.join(fiber), { _tag: "LinxioTimeoutError", timeoutMs: 300 })
    })
  )
})

describe("saving", () => {
  it.effect("a rotated session ends before any waiter of the refresh is released (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const tokens = yield* fake.issue()
      const store = makeStore(tokens)
      const gate = Deferred.makeUnsafe<void>()
      const client = yield* makeClient(
        fake,
        {},
        {
          ...store,
          save: (next, expected) => Effect.andThen(Deferred.await(gate), store.memory.save(next, expected))
        }
      )
      fake.revoke(tokens.token)
      const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
      yield* fake.until(refreshRoute, 1)
      yield* TestClock.adjust("1 second")
      assert.lengthOf(fake.sent("GET /vehicles"), 1)
      assert.strictEqual(yield* store.stored, "user-refresh-1")
      yield* Deferred.succeed(gate, undefined)
      assert.strictEqual(yield* Fiber.join(fiber), "user-access-2")
      assert.strictEqual(yield* store.stored, "user-refresh-2")
    })
  )

  it.effect("names the refresh token that it replaces (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const store = makeStore(yield* fake.issue())
      const expected: Array<string | undefined> = []
      const client = yield* makeClient(
        fake,
        {},
        {
          ...store,
          save: (next, previous) => {
            expected.push(previous && Redacted.value(previous))
            return store.memory.save(next, previous)
          }
        }
      )
      yield* client.get("/vehicles")
      yield* client.auth.refresh
      yield* client.auth.refresh
      assert.deepStrictEqual(expected, ["user-refresh-1", "user-refresh-2"])
    })
  )

  it.effect("that fails is announced and fails no call; the next one saves what is current then (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const store = makeStore(yield* fake.issue())
      let broken = true
      const client = yield* makeClient(
        fake,
        {},
        {
          ...store,
          save: (next, previous) => (broken ? failing("save") : store.memory.save(next, previous))
        }
      )
      const seen = changesOf(client.session)
      yield* client.get("/vehicles")
      yield* TestClock.adjust(1)
      yield* client.auth.refresh
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.include(seen, "storeFailed")
      assert.strictEqual(yield* store.stored, "user-refresh-1")
      broken = false
      yield* TestClock.adjust(1)
      yield* client.auth.refresh
      assert.strictEqual(yield* store.stored, "user-refresh-3")
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-3")
    })
  )

  it.effect("a sign-in replaces also what another process stores at the same moment (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore(yield* fake.issue())
      let rivals = 1
      const rival = Effect.suspend(() =>
        rivals-- > 0 ? store.seed({ token: "rival", refreshToken: "rival-refresh" }) : Effect.void
      )
      const save: typeof store.save = (next, expected) => Effect.andThen(rival, store.memory.save(next, expected))
      const client = yield* makeClient(fake, {}, { ...store, save })
      yield* client.auth.login({ email: "user", password: "pw" })
      assert.strictEqual(yield* store.stored, "user-refresh-2")
    })
  )

  it.effect("that comes second adopts the session of the winner, and never presents its own token (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const store = makeStore(yield* fake.issue())
      const client = yield* makeClient(fake, {}, store)
      yield* client.get("/vehicles")
      const gate = fake.hold(refreshRoute)
      const fiber = yield* Effect.forkChild(client.auth.refresh, { startImmediately: true })
      yield* gate.arrived
      // Another process has refreshed a moment earlier.
      yield* store.seed(yield* fake.issue(), 0)
      yield* TestClock.adjust(5)
      yield* gate.open
      yield* Fiber.join(fiber)
      assert.strictEqual(yield* store.stored, "user-refresh-2")
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      yield* client.auth.refresh
      assert.strictEqual(fake.refreshes().at(-1)?.refreshToken, "user-refresh-2")
    })
  )
})
