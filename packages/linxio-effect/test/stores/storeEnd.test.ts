/** How a session ends where it is shared with other processes, and how signing out reaches the store. */
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { denial, makeClient, makeFake, refreshRoute, type Fake } from "../support/harness.ts"
import { makeStore } from "../support/store.ts"

/** A client on a store, with tokens that have just been refused. */
const rejected = (fake: Fake) =>
  Effect.gen(function* () {
    const tokens = yield* fake.issue()
    const store = makeStore(tokens)
    const client = yield* makeClient(fake, {}, store)
    yield* client.get("/vehicles")
    fake.revoke(tokens.token)
    return { client, store, tokens }
  })

describe("a denial", () => {
  it.effect("reads the store once more, and a session that another process has stored is adopted instead (I-35)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { client, store } = yield* rejected(fake)
      const gate = fake.hold(refreshRoute, denial)
      const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
      yield* gate.arrived
      yield* store.seed(yield* fake.issue())
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(fiber), "user-access-2")
      assert.strictEqual(client.session.currentUnsafe()._tag, "Active")
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("that is hours old reads the store again before it ends the session (I-35)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const tokens = yield* fake.issue()
      const store = makeStore(tokens)
      const client = yield* makeClient(fake, {}, store)
      yield* client.get("/vehicles")
      fake.next(refreshRoute, denial)
      yield* Effect.flip(client.auth.refresh)
      yield* TestClock.adjust("3 hours")
      assert.strictEqual(yield* client.get("/vehicles"), tokens.token)
      yield* store.seed(yield* fake.issue(), 7_200_000)
      fake.revoke(tokens.token)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.strictEqual(client.session.currentUnsafe()._tag, "Active")
    })
  )

  it.effect("without another session in the store ends this one there as well (I-35)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const { client, store } = yield* rejected(fake)
      fake.always(refreshRoute, denial)
      assert.include(yield* Effect.flip(client.get("/vehicles")), { reason: "SessionEnded" })
      assert.isUndefined(yield* store.stored)
    })
  )

  it.effect("never removes a session that is stored at the last moment (I-13)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const tokens = yield* fake.issue()
      const store = makeStore(tokens)
      // Read for the restore, before the refresh and after the denial; then somebody else stores another.
      const late = Effect.suspend(() =>
        ++store.loads === 3 ? store.seed({ token: "late", refreshToken: "late-refresh" }) : Effect.void
      )
      const client = yield* makeClient(fake, {}, { ...store, load: Effect.tap(store.memory.load, () => late) })
      fake.revoke(tokens.token)
      fake.always(refreshRoute, denial)
      assert.include(yield* Effect.flip(client.get("/vehicles")), { reason: "SessionEnded" })
      assert.strictEqual(yield* store.stored, "late-refresh")
    })
  )
})

describe("a refresh", () => {
  it.effect("is not made at all when another process has refreshed already (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const { client, store } = yield* rejected(fake)
      yield* store.seed(yield* fake.issue())
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.lengthOf(fake.refreshes(), 0)
    })
  )

  it.effect("does not go back to a stored session that is older (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore()
      const client = yield* makeClient(fake, {}, { ...store, save: () => Effect.succeed(true) })
      yield* store.seed({ token: "old", refreshToken: "old-refresh" }, 0)
      yield* TestClock.adjust("1 minute")
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* client.auth.refresh
      assert.strictEqual(fake.refreshes()[0]?.refreshToken, "user-refresh-1")
    })
  )

  it.effect("runs under the lock of the store, from reading to saving (I-34)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const memory = makeStore(yield* fake.issue())
      const events: Array<string> = []
      const note = (event: string) => Effect.sync(() => void events.push(event))
      const client = yield* makeClient(
        fake,
        {},
        {
          load: Effect.andThen(note("load"), memory.memory.load),
          save: (next, expected) => Effect.andThen(note("save"), memory.memory.save(next, expected)),
          clear: memory.memory.clear,
          lock: (work) => Effect.andThen(note("lock"), Effect.ensuring(work, note("unlock")))
        }
      )
      yield* client.get("/vehicles")
      fake.next(refreshRoute, (_, proceed) => Effect.andThen(note("refresh"), proceed))
      yield* client.auth.refresh
      assert.deepStrictEqual(events, ["load", "lock", "load", "refresh", "save", "unlock"])
    })
  )
})

describe("signing out while something saves", () => {
  for (const [name, order] of [
    ["after", "logout first"],
    ["before", "save first"]
  ] as const) {
    it.effect(`leaves nothing in the store when the save ends ${name} the removal (I-16)`, () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const store = makeStore(yield* fake.issue())
        const saving = Deferred.makeUnsafe<void>()
        const clearing = Deferred.makeUnsafe<void>()
        const client = yield* makeClient(
          fake,
          {},
          {
            ...store,
            save: (next, expected) =>
              order === "save first"
                ? Effect.andThen(Deferred.await(saving), store.memory.save(next, expected))
                : Effect.andThen(Deferred.await(clearing), store.memory.save(next, expected)),
            clear: (expected) =>
              order === "save first"
                ? Effect.andThen(
                    Deferred.succeed(saving, undefined),
                    Effect.andThen(Effect.yieldNow, store.memory.clear(expected))
                  )
                : Effect.tap(store.memory.clear(expected), () => Deferred.succeed(clearing, undefined))
          }
        )
        yield* client.get("/vehicles")
        const fiber = yield* Effect.forkChild(Effect.exit(client.auth.refresh), { startImmediately: true })
        yield* fake.until(refreshRoute, 1)
        yield* TestClock.adjust(1)
        yield* client.auth.logout
        yield* Fiber.join(fiber)
        yield* TestClock.adjust(1)
        assert.isUndefined(yield* store.stored)
        assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
      })
    )
  }

  it.effect("removes what another process saves at the same moment (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore(yield* fake.issue())
      let rivals = 1
      const rival = Effect.suspend(() =>
        rivals-- > 0 ? store.seed({ token: "rival", refreshToken: "rival-refresh" }) : Effect.void
      )
      const clear: typeof store.clear = (expected) => Effect.andThen(rival, store.memory.clear(expected))
      const client = yield* makeClient(fake, {}, { ...store, clear })
      yield* client.get("/vehicles")
      yield* client.auth.logout
      assert.isUndefined(yield* store.stored)
    })
  )

  for (const [name, begin] of [
    ["sign-in", "login"],
    ["refresh of a session that was not stored yet", "refresh"]
  ] as const) {
    it.effect(`leaves nothing behind that a ${name} saves only afterwards (I-16)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const store = makeStore()
        const saving = Deferred.makeUnsafe<void>()
        const gate = Deferred.makeUnsafe<void>()
        const save: typeof store.save = (next, expected) =>
          expected === undefined
            ? Effect.andThen(
                Deferred.succeed(saving, undefined),
                Effect.andThen(Deferred.await(gate), store.memory.save(next, expected))
              )
            : store.memory.save(next, expected)
        const client = yield* makeClient(fake, yield* fake.issue(), { ...store, save })
        const work: Effect.Effect<unknown, unknown> =
          begin === "login" ? client.auth.login({ email: "user", password: "pw" }) : client.auth.refresh
        const fiber = yield* Effect.forkChild(Effect.exit(work), { startImmediately: true })
        yield* Deferred.await(saving)
        yield* client.auth.logout
        yield* Deferred.succeed(gate, undefined)
        yield* Fiber.join(fiber)
        assert.isUndefined(yield* store.stored)
      })
    )
  }

  it.effect("and signing in as another leaves the other in the store (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const store = makeStore(yield* fake.issue())
      const gate = Deferred.makeUnsafe<void>()
      let saves = 0
      const client = yield* makeClient(
        fake,
        {},
        {
          ...store,
          save: (next, expected) =>
            saves++ === 0
              ? Effect.andThen(Deferred.await(gate), store.memory.save(next, expected))
              : Effect.ensuring(store.memory.save(next, expected), Deferred.succeed(gate, undefined))
        }
      )
      yield* client.get("/vehicles")
      const fiber = yield* Effect.forkChild(Effect.exit(client.auth.refresh), { startImmediately: true })
      yield* fake.until(refreshRoute, 1)
      yield* TestClock.adjust(1)
      yield* client.auth.login({ email: "other", password: "pw" })
      yield* Fiber.join(fiber)
      assert.strictEqual(yield* store.stored, "other-refresh-3")
      assert.strictEqual(yield* client.get("/vehicles"), "other-access-3")
    })
  )
})
