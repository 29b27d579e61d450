/** One session, many clients: leases, adoption, and what other clients decide (docs/guarantees.md, S-1 to S-14). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { answer, denial, makeFake, refreshRoute } from "../support/harness.ts"
import { changesOf, failing, makeStore } from "../support/store.ts"
import { after, begin, makeCluster, makeIssuer, makeProcess } from "./cluster.ts"

describe("one expiry", () => {
  it.effect("that eight processes find at once costs one refresh, and every call succeeds (S-1, S-2)", () =>
    Effect.gen(function* () {
      const { all, issuer } = yield* makeCluster(8)
      yield* after(yield* begin(all), "2 seconds")
      issuer.expire()
      yield* after(yield* begin(all), "5 seconds")
      assert.strictEqual(issuer.refreshes(), 1)
      assert.strictEqual(issuer.reuses(), 0)
    })
  )

  it.effect("is found again and again by processes whose clocks are a day apart (S-4)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore(issuer.tokens)
      const day = 86_400_000
      const processes = yield* Effect.forEach([-day, 0, day], (offsetMs) =>
        makeProcess(fake, store.service, {}, { offsetMs })
      )
      const all = Effect.all(
        processes.map(({ get }) => get),
        { concurrency: "unbounded" }
      )
      for (let round = 0; round < 10; round++) {
        issuer.expire()
        yield* after(yield* begin(all), "5 seconds")
      }
      assert.strictEqual(issuer.refreshes(), 10)
      assert.strictEqual(issuer.reuses(), 0)
    })
  )
})

describe("a lease", () => {
  it.effect("of a process that was killed is over after its time, and the next one refreshes (S-5)", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(2)
      const [first, second] = processes
      yield* first.get
      yield* second.get
      issuer.expire()
      const gate = fake.hold(refreshRoute, (_, proceed) => proceed)
      const lost = yield* begin(Effect.exit(first.get))
      yield* gate.arrived
      first.kill()
      assert.include(store.record()?.lease, { purpose: "refresh", forMs: 24_000 })
      const saved = yield* begin(second.get)
      yield* TestClock.adjust("23 seconds")
      assert.isUndefined(saved.pollUnsafe())
      assert.lengthOf(fake.refreshes(), 1)
      yield* after(saved, "2 seconds")
      assert.strictEqual(issuer.refreshes(), 1)
      assert.isNull(store.record()?.lease)
      yield* Fiber.interrupt(lost)
    })
  )

  it.effect("is waited for no longer than the call may, and given up at once by a caller that leaves (S-10)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.write({ lease: { holder: "another", forMs: 60_000, purpose: "refresh" } })
      const failing = yield* begin(Effect.flip(only.get))
      assert.include(yield* after(failing, "30 seconds"), { _tag: "LinxioTimeoutError", phase: "refresh" })
      const leaving = yield* begin(only.get)
      yield* Fiber.interrupt(leaving)
    })
  )

  it.effect("is read for only while somebody waits (S-14)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.write({ lease: { holder: "another", forMs: 60_000, purpose: "refresh" } })
      const leaving = yield* begin(only.get)
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.interrupt(leaving)
      const { loads } = store.counts
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual(store.counts.loads, loads)
    })
  )

  it.effect("is given back when the refresh fails, so that nobody waits for its end", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(1, { refresh: { retries: 0 } })
      const [only] = processes
      yield* only.get
      issuer.expire()
      fake.next(refreshRoute, answer(503))
      yield* Effect.flip(only.get)
      assert.isNull(store.record()?.lease)
    })
  )
})

describe("tokens that another process has brought", () => {
  it.effect("are refreshed for real when the server refuses them, within the same call (S-7)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.write({ session: { token: "stale", refreshToken: issuer.tokens.refreshToken } })
      yield* after(yield* begin(only.get), "2 seconds")
      assert.strictEqual(issuer.refreshes(), 1)
    })
  )

  it.effect("are refreshed also where a refresh of this client did not help just before (S-7, I-6)", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      const refused = answer(401, { code: 401, message: "Expired JWT Token" })
      fake.next("GET /vehicles", refused, refused)
      assert.include(yield* Effect.flip(only.get), { reason: "Unauthenticated" })
      assert.strictEqual(issuer.refreshes(), 1)

      issuer.expire()
      store.write({ session: { token: "stale", refreshToken: "refresh-1" } })
      yield* TestClock.adjust("2 seconds")
      yield* after(yield* begin(only.get), "2 seconds")
      assert.strictEqual(issuer.refreshes(), 2)
    })
  )

  it.effect("are adopted instead of believing a refusal that came too late (S-8)", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      // What another process, slower than its lease, saves in the middle of it is in force at the server.
      fake.next(refreshRoute, (recorded, proceed) => {
        store.write({ session: { token: "expired-0", refreshToken: "other" }, lease: null })
        return denial(recorded, proceed)
      })
      yield* only.get
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("are waited for before a refusal is believed, where a lease of another ran out just before (S-8)", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.write({ lease: { holder: "slow", forMs: 1_000, purpose: "refresh" } })
      fake.next(refreshRoute, denial)
      const call = yield* begin(only.get)
      yield* TestClock.adjust("1500 millis")
      assert.lengthOf(fake.refreshes(), 1)
      store.write({ session: { token: "expired-0", refreshToken: "other" }, lease: null })
      yield* after(call, "2 seconds")
    })
  )
})

describe("what another process decides", () => {
  it.effect("a sign-in heals a client that nobody had signed in (S-6)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore()
      const waiting = yield* makeProcess(fake, store.service)
      assert.include(yield* Effect.flip(waiting.get), { reason: "NotSignedIn" })
      store.write({ epoch: 2, session: issuer.tokens })
      yield* TestClock.adjust("2 seconds")
      yield* waiting.get
    })
  )

  it.effect("a sign-out ends the session of the others at their next look (S-6)", () =>
    Effect.gen(function* () {
      const { issuer, processes } = yield* makeCluster(2)
      const [first, second] = processes
      yield* first.get
      yield* second.get
      yield* Effect.exit(first.auth.logout)
      issuer.expire()
      assert.include(yield* Effect.flip(second.get), { reason: "SignedOutElsewhere" })
      assert.strictEqual(issuer.refreshes(), 0)
    })
  )

  it.effect("a sign-in as another fails the calls that were begun before, and not those after (S-6, I-14)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.write({ epoch: 2, session: { token: "another", refreshToken: issuer.tokens.refreshToken } })
      assert.include(yield* Effect.flip(only.get), { reason: "SessionChanged" })
      yield* after(yield* begin(only.get), "2 seconds")
    })
  )
})

describe("a session that has ended", () => {
  it.effect("does not begin again because the store could not be told (S-8)", () =>
    Effect.gen(function* () {
      const { fake, issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      issuer.expire()
      store.hooks.swap = () => failing("save")
      store.hooks.load = failing("load")
      fake.next(refreshRoute, denial)
      const ended = yield* begin(Effect.flip(only.get))
      yield* TestClock.adjust("10 seconds")
      Object.assign(store.hooks, store.plainly)
      yield* TestClock.adjust("30 seconds")
      yield* Fiber.join(ended)
      yield* TestClock.adjust("5 seconds")
      const changes = changesOf(only.session)
      assert.include(yield* Effect.flip(only.get), { _tag: "LinxioAuthenticationError" })
      assert.deepStrictEqual(changes, [])
    })
  )

  it.effect("elsewhere for want of a refresh token serves as long as its access token works (I-22)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const issuer = makeIssuer(fake)
      const store = makeStore(issuer.tokens)
      store.write({ denied: { status: 400, ambiguous: false } })
      const restarted = yield* makeProcess(fake, store.service)
      yield* restarted.get
      issuer.expire()
      assert.include(yield* Effect.flip(restarted.get), { reason: "SessionEnded" })
      assert.lengthOf(fake.refreshes(), 0)
    })
  )
})
