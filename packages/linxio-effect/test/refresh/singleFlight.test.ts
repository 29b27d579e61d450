import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scheduler from "effect/Scheduler"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import * as SingleFlight from "../../src/refresh/singleFlight.ts"

/** A flight whose work waits for `landing` and counts how often it was begun. */
const makeWork = Effect.sync(() => {
  const landing = Deferred.makeUnsafe<number, string>()
  const begun = Deferred.makeUnsafe<void>()
  const count = { begun: 0, interrupted: 0 }
  const work = Effect.suspend(() => {
    count.begun++
    Deferred.doneUnsafe(begun, Effect.void)
    return Effect.onInterrupt(Deferred.await(landing), () => Effect.sync(() => count.interrupted++))
  })
  return { landing, begun: Deferred.await(begun), count, work }
})

const makeFlight = (flights?: SingleFlight.Flights<number, string>) =>
  Effect.map(Effect.scope, (scope) =>
    SingleFlight.make<number, string>({ scope, closed: () => "closed", longestMs: 20_000, ...(flights && { flights }) })
  )

const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })

describe("single flight", () => {
  it.effect("callers of one key at one time share one run and its outcome (I-1)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      const { count, landing, work } = yield* makeWork
      const callers = yield* Effect.forEach(Array.from({ length: 100 }), () => begin(flight.run("key", work)))
      yield* Deferred.succeed(landing, 7)
      assert.deepStrictEqual([...new Set(yield* Fiber.joinAll(callers))], [7])
      assert.strictEqual(count.begun, 1)
    })
  )

  it.effect("callers share a failure too (I-5)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      const { count, landing, work } = yield* makeWork
      const callers = yield* Effect.forEach(Array.from({ length: 10 }), () =>
        begin(Effect.flip(flight.run("key", work)))
      )
      yield* Deferred.fail(landing, "refused")
      assert.deepStrictEqual([...new Set(yield* Fiber.joinAll(callers))], ["refused"])
      assert.strictEqual(count.begun, 1)
    })
  )

  it.effect("another key is another flight (I-2)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      const { landing, work } = yield* makeWork
      const waiting = yield* begin(flight.run("one", work))
      assert.strictEqual(yield* flight.run("two", Effect.succeed(2)), 2)
      yield* Deferred.succeed(landing, 1)
      assert.strictEqual(yield* Fiber.join(waiting), 1)
    })
  )

  it.effect("a flight that has landed is not joined any more (I-3)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      assert.strictEqual(yield* flight.run("key", Effect.succeed(1)), 1)
      assert.strictEqual(yield* Effect.flip(flight.run("key", Effect.fail("refused"))), "refused")
      assert.strictEqual(yield* flight.run("key", Effect.succeed(3)), 3)
    })
  )

  it.effect("the flight of a closed owner does not clear the slot of the flight that follows it (I-3)", () =>
    Effect.gen(function* () {
      const flights: SingleFlight.Flights<number, string> = new Map()
      const first = yield* makeFlight(flights)
      const second = yield* makeFlight(flights)
      const old = yield* makeWork
      const young = yield* makeWork
      const abandoned = yield* begin(Effect.flip(first.run("key", old.work)))
      first.close()
      assert.strictEqual(yield* Fiber.join(abandoned), "closed")
      const leader = yield* begin(second.run("key", young.work))
      yield* Deferred.succeed(old.landing, 1)
      yield* first.settled
      const follower = yield* begin(second.run("key", young.work))
      yield* Deferred.succeed(young.landing, 2)
      assert.deepStrictEqual(yield* Fiber.joinAll([leader, follower]), [2, 2])
      assert.strictEqual(young.count.begun, 1)
    })
  )

  it.effect("a flight that a runtime dropped is not waited for after its longest time", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      yield* begin(flight.run("key", Effect.never))
      yield* TestClock.adjust(20_000)
      const tooEarly = yield* begin(flight.run("key", Effect.succeed(1)))
      assert.isUndefined(tooEarly.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* flight.run("key", Effect.succeed(2)), 2)
    })
  )

  it.effect("the flight lands although every caller has left (I-8)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      const { count, landing, work } = yield* makeWork
      const callers = yield* Effect.forEach(Array.from({ length: 3 }), () => begin(flight.run("key", work)))
      yield* Fiber.interruptAll(callers)
      const late = yield* begin(flight.run("key", work))
      yield* Deferred.succeed(landing, 7)
      assert.strictEqual(yield* Fiber.join(late), 7)
      assert.deepStrictEqual(count, { begun: 1, interrupted: 0 })
    })
  )

  it.effect("a leader interrupted at any step leaves no follower waiting (I-8)", () =>
    Effect.gen(function* () {
      let led = 0
      for (let step = 0; step < 60; step++) {
        const flight = yield* makeFlight()
        const { count, landing, work } = yield* makeWork
        const leader = yield* Effect.forkChild(
          Effect.provideService(flight.run("key", work), Scheduler.MaxOpsBeforeYield, 3)
        )
        for (let i = 0; i < step; i++) yield* Effect.yieldNow
        const interruption = yield* begin(Fiber.interrupt(leader))
        const follower = yield* begin(flight.run("key", work))
        yield* Fiber.join(interruption)
        yield* Deferred.succeed(landing, step)
        assert.strictEqual(
          yield* Fiber.join(follower).pipe(
            Effect.timeoutOrElse({ duration: 1, orElse: () => Effect.succeed("stuck") })
          ),
          step
        )
        assert.deepStrictEqual(count, { begun: 1, interrupted: 0 })
        if (Exit.hasInterrupts(yield* Fiber.await(leader))) led++
      }
      assert.isAbove(led, 10)
    })
  )

  it.effect("closing releases those who wait, and whoever comes later, with the closed error", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const flight = SingleFlight.make<number, string>({ scope, closed: () => "closed", longestMs: 20_000 })
      const { count, work } = yield* makeWork
      const waiting = yield* begin(Effect.flip(flight.run("key", work)))
      flight.close()
      assert.strictEqual(yield* Fiber.join(waiting), "closed")
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(yield* Effect.flip(flight.run("key", work)), "closed")
      assert.deepStrictEqual(count, { begun: 1, interrupted: 1 })
    })
  )

  it.effect("a scope that closes by itself releases those who wait, and whoever comes later", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const flight = SingleFlight.make<number, string>({ scope, closed: () => "closed", longestMs: 20_000 })
      const { work } = yield* makeWork
      const waiting = yield* begin(Effect.flip(flight.run("key", work)))
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(yield* Fiber.join(waiting), "closed")
      const late = yield* begin(Effect.flip(flight.run("key", work)))
      yield* Effect.yieldNow
      assert.deepStrictEqual(late.pollUnsafe(), Exit.succeed("closed"))
    })
  )

  it.effect("closing can wait for the flights under way (I-8)", () =>
    Effect.gen(function* () {
      const flight = yield* makeFlight()
      const { landing, work } = yield* makeWork
      yield* begin(flight.run("key", work))
      const settled = yield* begin(flight.settled)
      assert.isUndefined(settled.pollUnsafe())
      yield* Deferred.succeed(landing, 1)
      yield* Fiber.join(settled)
      assert.deepStrictEqual((yield* Fiber.await(settled))._tag, "Success")
    })
  )
})
