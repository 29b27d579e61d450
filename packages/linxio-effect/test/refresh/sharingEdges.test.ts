/** One session, many clients: holders that were too slow, stores that come back, clients of one process (docs/guarantees.md, S-1 to S-14). */
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { inspect } from "node:util"
import { answer, makeFake, refreshRoute, reset } from "../support/harness.ts"
import { failing, makeStore } from "../support/store.ts"
import { makeIssuer, makeProcess } from "./cluster.ts"

const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
const after = <A, E>(fiber: Fiber.Fiber<A, E>, time: `${number} ${"millis" | "seconds"}`) =>
  Effect.andThen(TestClock.adjust(time), Fiber.join(fiber))

/** A process that has worked, and whose token has expired since. */
const expired = Effect.gen(function* () {
  const fake = makeFake()
  const issuer = makeIssuer(fake)
  const store = makeStore(issuer.tokens)
  const process = yield* makeProcess(fake, store.service)
  yield* process.get
  issuer.expire()
  return { fake, issuer, process, store }
})

const foreignLease = { holder: "another", forMs: 24_000, purpose: "refresh" } as const

describe("a store that lies", () => {
  it.effect(
    "and shows the lease of another for ever keeps a call no longer than its limits, and reads at its own pace (S-10, S-14)",
    () =>
      Effect.gen(function* () {
        const { process, store } = yield* expired
        store.write({ lease: { ...foreignLease, forMs: 1e308 } })
        const shown = store.record()
        store.hooks.load = Effect.sync(() => (store.counts.loads++, shown))
        store.hooks.swap = () => Effect.succeed(true)
        yield* Effect.ignore(process.auth.setSession({ token: "a", refreshToken: "b" }))
        const before = store.counts.loads
        const failed = yield* after(yield* begin(Effect.flip(process.get)), "40 seconds")
        assert.include(failed, { _tag: "LinxioTimeoutError" })
        assert.isBelow(store.counts.loads - before, 400)
      })
  )

  it.effect("quotes the tokens of a row that was never read, and none is shown (F-2)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const store = makeStore()
      const process = yield* makeProcess(fake, store.service)
      const row = JSON.stringify({ session: { token: "canary-access", refreshToken: "canary-refresh" } })
      store.hooks.load = Effect.die(new Error(`bad row ${row}`, { cause: new Error(`at ${row}`) }))
      const failure = yield* Effect.flip(process.get)
      assert.notInclude(inspect(failure, { depth: null, showHidden: true }), "canary")
      assert.include(String(failure), "bad row")
    })
  )
})

describe("a holder that was slower than its lease", () => {
  it.effect("adopts what another has written, and writes nothing over it (S-3)", () =>
    Effect.gen(function* () {
      const { issuer, process, store } = yield* expired
      issuer.meanwhile(
        Effect.sync(() => store.write({ session: { token: "access-1", refreshToken: "newer" }, lease: null }))
      )
      yield* process.get
      assert.strictEqual(store.record()?.session?.refreshToken, "newer")
      assert.strictEqual(store.record()?.version, 3)
    })
  )

  it.effect("writes its tokens where another has only taken the lease, since nothing newer exists (S-3)", () =>
    Effect.gen(function* () {
      const { fake, issuer, process, store } = yield* expired
      const sent = fake.sent("GET /vehicles").length
      issuer.meanwhile(Effect.sync(() => store.write({ lease: foreignLease })))
      yield* process.get
      // One with the expired token, one with the new: the spent tokens in the record are not taken over.
      assert.lengthOf(fake.sent("GET /vehicles"), sent + 2)
      assert.deepInclude(store.record(), { version: 4, lease: null })
      assert.strictEqual(store.record()?.session?.refreshToken, "refresh-1")
    })
  )
})

describe("tokens of another that the server refuses", () => {
  it.effect("are refreshed for real also where a refresh has not helped a moment ago (S-7)", () =>
    Effect.gen(function* () {
      const { fake, issuer, process, store } = yield* expired
      const refused = answer(401, { code: 401, message: "Expired JWT Token" })
      fake.next("GET /vehicles", refused)
      fake.next("GET /vehicles", refused)
      assert.include(yield* Effect.flip(process.get), { reason: "Unauthenticated" })
      yield* TestClock.adjust("1 seconds")
      issuer.expire()
      store.write({ session: { token: "stale", refreshToken: "refresh-1" } })
      yield* after(yield* begin(process.get), "2 seconds")
      assert.strictEqual(issuer.refreshes(), 2)
    })
  )
})

describe("a lease of another", () => {
  for (const [clock, offsetMs] of [
    ["a day ahead", 86_400_000],
    ["a day behind", -86_400_000]
  ] as const) {
    it.effect(`is waited for as long as it lasts by a process whose clock is ${clock} (S-4, S-5)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const issuer = makeIssuer(fake)
        const store = makeStore(issuer.tokens)
        const process = yield* makeProcess(fake, store.service, {}, { offsetMs })
        yield* process.get
        issuer.expire()
        store.write({ lease: foreignLease })
        const call = yield* begin(process.get)
        yield* TestClock.adjust("23 seconds")
        assert.lengthOf(fake.refreshes(), 0)
        yield* after(call, "2 seconds")
        assert.strictEqual(issuer.refreshes(), 1)
      })
    )
  }

  it.effect("is not waited for any longer when the client is closed (S-10)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore(issuer.tokens)
      const scope = yield* Scope.make()
      const process = yield* makeProcess(fake, store.service).pipe(Scope.provide(scope))
      yield* process.get
      issuer.expire()
      store.write({ lease: foreignLease })
      const call = yield* begin(Effect.flip(process.get))
      yield* TestClock.adjust("1 seconds")
      const closing = yield* begin(Scope.close(scope, Exit.void))
      assert.include(yield* Fiber.join(call), { _tag: "LinxioAbortError" })
      yield* after(closing, "10 seconds")
      const { loads } = store.counts
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual(store.counts.loads, loads)
    })
  )
})

describe("two clients of one process on one store", () => {
  it.effect("hear of each other's refresh at once, without reading again and again (S-12)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore(issuer.tokens)
      const identity = {}
      const first = yield* makeProcess(fake, store.service, {}, { identity })
      const second = yield* makeProcess(fake, store.service, {}, { identity })
      yield* Effect.all([first.get, second.get])
      issuer.expire()
      const arrived = yield* Deferred.make<void>()
      const gate = yield* Deferred.make<void>()
      issuer.meanwhile(Effect.andThen(Deferred.succeed(arrived, undefined), Deferred.await(gate)))
      const leading = yield* begin(first.get)
      yield* Deferred.await(arrived)
      const waiting = yield* begin(second.get)
      for (let turn = 0; turn < 50; turn++) yield* Effect.yieldNow
      yield* Deferred.succeed(gate, undefined)
      // The clock stands still.
      yield* Fiber.joinAll([leading, waiting])
      assert.strictEqual(issuer.refreshes(), 1)
    })
  )
})

describe("a client that nobody is signed in to", () => {
  it.effect("looks at the store once a second at most, however many calls ask (S-6, S-14)", () =>
    Effect.gen(function* () {
      const store = makeStore()
      const process = yield* makeProcess(makeFake(), store.service)
      const ask = Effect.flip(process.get)
      yield* ask
      const { loads } = store.counts
      for (let call = 0; call < 10; call++) yield* ask
      assert.isAtMost(store.counts.loads - loads, 1)
      yield* TestClock.adjust("1 seconds")
      const before = store.counts.loads
      for (let call = 0; call < 10; call++) yield* ask
      assert.strictEqual(store.counts.loads, before + 1)
    })
  )
})

describe("a store that was down", () => {
  it.effect("for less than a second leaves time to see that another has taken the lease (S-9)", () =>
    Effect.gen(function* () {
      const { fake, issuer, process, store } = yield* expired
      // The version in force is its own: it may go on alone.
      yield* process.get
      issuer.expire()
      store.hooks.load = failing("load")
      const call = yield* begin(process.get)
      yield* TestClock.adjust("300 millis")
      store.write({ lease: foreignLease })
      Object.assign(store.hooks, store.plainly)
      yield* TestClock.adjust("5 seconds")
      assert.lengthOf(fake.refreshes(), 1)
      store.write({ session: { token: "expired-1", refreshToken: "newer" }, lease: null })
      yield* after(call, "2 seconds")
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("is not given what it could not save where another has written since (S-9, S-3)", () =>
    Effect.gen(function* () {
      const { fake, issuer, process, store } = yield* expired
      let swaps = 0
      store.hooks.swap = (next, expected) => (++swaps === 1 ? store.plainly.swap(next, expected) : failing("save"))
      yield* process.get
      assert.strictEqual(store.record()?.session?.refreshToken, "refresh-0")
      Object.assign(store.hooks, store.plainly)
      issuer.expire()
      store.write({ session: { token: "expired-1", refreshToken: "newer" }, lease: null })
      yield* process.get
      assert.strictEqual(store.record()?.session?.refreshToken, "newer")
      assert.lengthOf(fake.refreshes(), 1)
    })
  )
})

describe("what a store is given, and what it says", () => {
  it.effect("is no secret where it is a name: the holder of a lease is random (S-11)", () =>
    Effect.gen(function* () {
      const { issuer, process, store } = yield* expired
      const holders: Array<string | undefined> = []
      issuer.meanwhile(Effect.sync(() => holders.push(store.record()?.lease?.holder)))
      yield* process.get
      assert.match(holders.join(" "), /^[0-9a-f]{32}$/)
    })
  )

  it.effect("shows no token in the error that a caller gets, nor in its cause (S-11)", () =>
    Effect.gen(function* () {
      const { issuer, process, store } = yield* expired
      const row = JSON.stringify(store.record())
      store.hooks.load = Effect.die(new Error(`cannot parse ${row}`, { cause: { row } }))
      const call = yield* begin(Effect.flip(process.get))
      const error = yield* after(call, "31 seconds")
      assert.include(error, { _tag: "LinxioStoreError", operation: "load" })
      const shown = `${String(error)} ${JSON.stringify(error)} ${inspect(error, { depth: 9, showHidden: true })}`
      assert.include(shown, "cannot parse")
      for (const secret of [issuer.tokens.token, issuer.tokens.refreshToken]) assert.notInclude(shown, secret)
    })
  )
})

describe("a refresh whose answer was lost", () => {
  it.effect("ends the session for everybody, once (I-21, S-8)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore(issuer.tokens)
      const processes = yield* Effect.forEach([1, 2, 3], () => makeProcess(fake, store.service))
      for (const { get } of processes) yield* get
      issuer.expire()
      fake.next(refreshRoute, reset(true))
      fake.next(refreshRoute, answer(400, { errors: [{ code: 400, title: "Exception", detail: "Invalid JWT Token" }] }))
      const calls = yield* Effect.forEach(processes, ({ get }) => begin(Effect.flip(get)))
      yield* TestClock.adjust("20 seconds")
      for (const failure of yield* Fiber.joinAll(calls)) assert.include(failure, { reason: "SessionEnded" })
      assert.lengthOf(fake.refreshes(), 2)
    })
  )
})
