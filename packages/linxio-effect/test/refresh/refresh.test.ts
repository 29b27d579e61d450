import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import * as Scheduler from "effect/Scheduler"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { withCallOptions } from "linxio-effect"
import { answer, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
/** For the tests that do a lot, on a machine that has much else to do; in milliseconds. */
const patience = 30_000
const once = { schedule: Schedule.recurs(0) }

describe("one refresh for all", () => {
  it.effect(
    "a thousand concurrent 401s cause one refresh and two thousand and one requests (I-1)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.revoke(client.tokens.token)
        const signers = yield* Effect.all(
          Array.from({ length: 1000 }, () => client.get("/vehicles")),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(fake.refreshes().length, 1)
        assert.strictEqual(fake.requests.length, 2001)
        assert.deepStrictEqual([...new Set(signers)], ["user-access-2"])
      }),
    patience
  )

  it.effect("two clients with the same refresh token on one transport share one POST (I-1)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const one = yield* signedIn(fake)
      const two = yield* makeClient(fake, one.tokens)
      fake.revoke(one.tokens.token)
      const gate = fake.hold(refreshRoute)
      const both = yield* Effect.forEach([one, two], (client) => begin(client.get("/vehicles")))
      yield* fake.until("GET /vehicles", 2)
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.joinAll(both), ["user-access-2", "user-access-2"])
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("a client whose flight was led by a client that is closed gets its tokens all the same (I-1)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const scope = yield* Scope.make()
      const leader = yield* Scope.provide(signedIn(fake), scope)
      const follower = yield* makeClient(fake, leader.tokens)
      fake.revoke(leader.tokens.token)
      fake.next(refreshRoute, () => Effect.never)
      const leading = yield* begin(Effect.flip(leader.get("/vehicles")))
      yield* fake.until(refreshRoute, 1)
      const following = yield* begin(follower.get("/vehicles"))
      const closing = yield* begin(Scope.close(scope, Exit.void))
      assert.strictEqual((yield* Fiber.join(leading))._tag, "LinxioAbortError")
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.join(closing)
      assert.strictEqual(yield* Fiber.join(following), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 2)
    })
  )

  it.effect(
    "a flight of the old refresh token gives its tokens to nobody who holds another, and leaves their flight alone (I-2, I-3)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake, {}, "first")
        const second = yield* fake.issue("second")
        fake.revoke(client.tokens.token)
        fake.revoke(second.token)
        const firstGate = fake.hold(refreshRoute)
        const secondGate = fake.hold(refreshRoute)
        const old = yield* begin(Effect.flip(client.get("/vehicles")))
        yield* firstGate.arrived
        yield* client.auth.setSession(second)
        const young = yield* begin(client.get("/vehicles"))
        yield* secondGate.arrived
        yield* firstGate.open
        yield* Fiber.join(old)
        const late = yield* begin(client.get("/drivers"))
        yield* secondGate.open
        assert.deepStrictEqual(yield* Fiber.joinAll([young, late]), ["second-access-4", "second-access-4"])
        assert.deepStrictEqual(
          fake.refreshes().map((sent) => sent.refreshToken),
          [client.tokens.refreshToken, second.refreshToken]
        )
      })
  )

  it.effect("a late 401 for a replaced token does not refresh again (I-4)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold("GET /slow")
      const slow = yield* begin(client.get("/slow"))
      yield* gate.arrived
      yield* client.get("/vehicles")
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(slow), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 1)
      assert.deepStrictEqual(
        fake.sent("GET /slow").map((sent) => sent.bearer),
        ["user-access-1", "user-access-2"]
      )
    })
  )

  it.effect(
    "a straggler that was signed before a refresh failed shares its failure, even after the cooldown (I-5)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake, { refresh: once, timeoutMs: 110_000 })
        fake.revoke(client.tokens.token)
        fake.always(refreshRoute, answer(503))
        const gate = fake.hold("GET /slow")
        const slow = yield* begin(Effect.flip(client.get("/slow")))
        yield* gate.arrived
        const failure = yield* Effect.flip(client.get("/vehicles"))
        yield* TestClock.adjust("61 seconds")
        yield* gate.open
        assert.strictEqual(yield* Fiber.join(slow), failure)
        assert.strictEqual(fake.refreshes().length, 1)
      })
  )
})

describe("callers that leave", () => {
  it.effect("a refresh is committed although every caller was interrupted (I-8)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold(refreshRoute)
      const callers = yield* Effect.forEach(["/vehicles", "/drivers"], (path) => begin(client.get(path)))
      yield* gate.arrived
      yield* Fiber.interruptAll(callers)
      yield* gate.open
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect(
    "a leader interrupted at any step leaves one refresh and no follower waiting (I-8)",
    () =>
      Effect.gen(function* () {
        let interrupted = 0
        for (let step = 0; step < 600; step += 10) {
          const fake = makeFake({ rotate: true })
          const client = yield* Effect.scoped(
            Effect.gen(function* () {
              const client = yield* signedIn(fake)
              fake.revoke(client.tokens.token)
              const leader = yield* Effect.forkChild(
                Effect.provideService(client.get("/vehicles"), Scheduler.MaxOpsBeforeYield, 3)
              )
              for (let i = 0; i < step; i++) yield* Effect.yieldNow
              const interruption = yield* begin(Fiber.interrupt(leader))
              assert.strictEqual(yield* client.get("/drivers"), "user-access-2", `after ${step} steps`)
              yield* Fiber.join(interruption)
              if (Exit.hasInterrupts(yield* Fiber.await(leader))) interrupted++
              return client
            })
          )
          assert.strictEqual(fake.refreshes().length, 1, `after ${step} steps`)
          assert.strictEqual(client.session.currentUnsafe()._tag, "Active")
        }
        assert.isAbove(interrupted, 10)
        assert.isBelow(interrupted, 60)
      }),
    patience
  )

  it.effect("a caller that waits for a refresh can be interrupted at once (I-9)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold(refreshRoute)
      const caller = yield* begin(client.get("/vehicles"))
      yield* gate.arrived
      yield* Fiber.interrupt(caller)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(caller)))
      assert.strictEqual(fake.sent("GET /vehicles").length, 1)
      yield* gate.open
    })
  )

  it.effect("a caller that waits for a refresh leaves at its own limit, and the refresh goes on (I-8, I-9)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const gate = fake.hold(refreshRoute)
      const caller = yield* begin(Effect.flip(withCallOptions({ timeoutMs: 1000 })(client.get("/vehicles"))))
      const patient = yield* begin(client.get("/vehicles"))
      yield* gate.arrived
      yield* TestClock.adjust(999)
      assert.isUndefined(caller.pollUnsafe())
      yield* TestClock.adjust(1)
      const error = yield* Fiber.join(caller)
      assert.isTrue(error._tag === "LinxioTimeoutError" && error.phase === "refresh" && error.timeoutMs === 1000)
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(patient), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("the deadline of the refresh itself ends it, and the next call begins another (I-8)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      fake.always(refreshRoute, () => Effect.never)
      const caller = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual((yield* Fiber.join(caller))._tag, "LinxioTimeoutError")
      assert.isAtMost(fake.refreshes().length, 4)
      fake.always(refreshRoute, undefined)
      const next = yield* begin(client.get("/vehicles"))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(next), "user-access-2")
    })
  )

  it.effect(
    "closing the scope of a client releases those who wait with LinxioAbortError, and saves the answer (I-8)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake({ rotate: true })
        const scope = yield* Scope.make()
        const client = yield* Scope.provide(signedIn(fake), scope)
        fake.revoke(client.tokens.token)
        const gate = fake.hold(refreshRoute)
        const callers = yield* Effect.forEach(["/vehicles", "/drivers"], (path) => begin(Effect.flip(client.get(path))))
        yield* gate.arrived
        const closing = yield* begin(Scope.close(scope, Exit.void))
        assert.deepStrictEqual(
          (yield* Fiber.joinAll(callers)).map((error) => error._tag),
          ["LinxioAbortError", "LinxioAbortError"]
        )
        assert.isUndefined(closing.pollUnsafe())
        yield* gate.open
        yield* Fiber.join(closing)
        const state = client.session.currentUnsafe()
        assert.isTrue(state._tag === "Active" && state.generation === 1)
        assert.strictEqual(fake.refreshes().length, 1)
      })
  )

  it.effect("a call on a client that was closed before its first call fails with LinxioAbortError", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* Effect.scoped(signedIn(fake))
      const call = yield* begin(Effect.flip(client.get("/vehicles")))
      yield* Effect.yieldNow
      assert.strictEqual(call.pollUnsafe()?._tag, "Success")
      assert.strictEqual((yield* Fiber.join(call))._tag, "LinxioAbortError")
    })
  )
})
