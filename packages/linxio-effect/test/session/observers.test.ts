/** Observers and timers: what watches the client cannot hold it up, and nothing it arms keeps a process alive. */
import { afterEach, assert, describe, it, vi } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { changes, type SessionChange } from "linxio-effect"
import { answer, denial, layer, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

/** Lets the observers run, which are told after the fact. */
const told = Effect.promise(() => Promise.resolve())

describe("an observer", () => {
  it.effect("is told of each change, after the fact and in order", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      const seen: Array<SessionChange> = []
      const stop = client.session.observe((change) => seen.push(change))
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* client.auth.refresh
      fake.next(refreshRoute, answer(404))
      yield* Effect.flip(client.auth.refresh)
      yield* TestClock.adjust("2 seconds")
      fake.next(refreshRoute, denial)
      yield* Effect.flip(client.auth.refresh)
      yield* client.auth.logout
      yield* told
      assert.deepStrictEqual(
        seen.map(({ type }) => type),
        ["signedIn", "refreshed", "refreshFailed", "refreshDenied", "signedOut"]
      )
      stop()
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* told
      assert.lengthOf(seen, 5)
    })
  )

  it.effect("is told off the caller's stack, when what caused the change has gone on (I-19)", () =>
    Effect.gen(function* () {
      const client = yield* signedIn(makeFake())
      const order: Array<string> = []
      client.session.observe(({ type }) => order.push(type))
      client.session.signOut(0)
      order.push("after signOut")
      yield* told
      assert.deepStrictEqual(order, ["after signOut", "signedOut"])
    })
  )

  it.effect("that throws fails no refresh, no request and no other observer (I-19)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      let others = 0
      client.session.observe(() => {
        throw new Error("an observer's own fault")
      })
      client.session.observe(() => others++)
      fake.revoke(client.tokens.token)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      yield* told
      assert.strictEqual(others, 1)
    })
  )

  it.effect("that calls back into the client deadlocks nothing (I-19)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const context = yield* Effect.context()
      const answers: Array<Promise<string>> = []
      client.session.observe(({ type }) => {
        if (type === "refreshed") answers.push(Effect.runPromiseWith(context)(client.get("/drivers")))
      })
      fake.revoke(client.tokens.token)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      yield* told
      assert.deepStrictEqual(yield* Effect.promise(() => Promise.all(answers)), ["user-access-2"])
    })
  )

  it.effect("of the stream that never takes anything delays nothing (I-19)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      const hung = yield* Effect.forkChild(
        Effect.provide(
          Stream.runForEach(changes, () => Effect.never),
          client.context
        ),
        { startImmediately: true }
      )
      yield* client.auth.login({ email: "user", password: "pw" })
      for (let i = 0; i < 100; i++) yield* client.auth.refresh
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-101")
      yield* Fiber.interrupt(hung)
    })
  )
})

describe("the end of the refresh token", () => {
  it.effect("is announced once for each threshold", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake, { expiryWarningsMs: [10_000, 1000] })
      const seen: Array<number> = []
      client.session.observe((change) => change.type === "sessionExpiring" && seen.push(change.at))
      yield* client.auth.setSession({ ...(yield* fake.issue()), refreshTokenExpireAt: 20_000 })
      for (let second = 0; second < 22; second++) {
        yield* client.get("/vehicles")
        yield* TestClock.adjust("1 second")
      }
      yield* told
      assert.deepStrictEqual(seen, [10_000, 19_000])
    })
  )
})

describe("timers", () => {
  afterEach(() => vi.restoreAllMocks())

  it.live("are never armed beyond what Node can count, and none is left when the calls have ended (I-26)", () =>
    Effect.gen(function* () {
      const real = globalThis.setTimeout
      const open = new Set<unknown>()
      const delays: Array<number> = []
      vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms?: number) => {
        delays.push(ms ?? 0)
        const timer = real(() => {
          open.delete(timer)
          run()
        }, ms)
        open.add(timer)
        return timer
      }) as typeof setTimeout)
      const clear = globalThis.clearTimeout
      vi.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
        open.delete(timer)
        clear(timer as NodeJS.Timeout)
      })
      const tenYears = 10 * 365 * 86_400_000
      const fake = makeFake({ lifetimeMs: tenYears })
      const client = yield* makeClient(fake, { timeoutMs: 2_147_483_647, deadlineMs: 2_147_483_647 })
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* client.get("/vehicles")
      yield* client.auth.refresh
      yield* client.get("/vehicles")
      assert.isAbove(delays.length, 0)
      assert.isTrue(delays.every((delay) => delay <= 2_147_483_647))
      assert.strictEqual(open.size, 0)
    })
  )

  it.effect("are not what renews a token: after any sleep the next call does (I-26)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ lifetimeMs: 3_600_000 })
      const client = yield* makeClient(fake)
      yield* client.auth.login({ email: "user", password: "pw" })
      yield* TestClock.adjust("30 days")
      assert.lengthOf(fake.refreshes(), 0)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
    })
  )

  it.effect("are not armed, and nothing is sent, by building a client (I-26)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const timeout = vi.spyOn(globalThis, "setTimeout")
      yield* Effect.provide(Effect.void, layer(fake, { token: "t", refreshToken: "r" }))
      assert.lengthOf(timeout.mock.calls, 0)
      assert.lengthOf(fake.requests, 0)
    })
  )
})
