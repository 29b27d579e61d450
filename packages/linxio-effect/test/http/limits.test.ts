/** Time limits and interruption: what each covers, and that nothing goes on behind a caller's back. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { TestClock } from "effect/testing"
import { LinxioNetworkError, LinxioTimeoutError, withCallOptions } from "linxio-effect"
import { answer, makeFake, refreshRoute, signedIn, type Step } from "../support/harness.ts"

const vehicles = "GET /vehicles"
const silent: Step = () => Effect.never
/** The head of the answer arrives, its body never ends. */
const stalled: Step = () => Effect.sync(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })))
const half = Effect.provideService(Random.Random, { nextDoubleUnsafe: () => 0.5, nextIntUnsafe: () => 0 })

/** Runs a call until it ends, a millisecond at a time in steps, and says how it failed and when. */
const failureOf = <A, E>(call: Effect.Effect<A, E>, step = 100) =>
  Effect.gen(function* () {
    const started = yield* Clock.currentTimeMillis
    const fiber = yield* Effect.forkChild(
      Effect.flatMap(Effect.flip(call), (failure) =>
        Effect.map(Clock.currentTimeMillis, (now) => ({ failure, after: now - started }))
      ),
      { startImmediately: true }
    )
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust(step)
    return yield* Fiber.join(fiber)
  })

describe("timeoutMs", () => {
  it.effect("covers waiting for the head of the answer, and ends the call without a retry (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 500 })
      fake.always(vehicles, silent)
      const { after, failure } = yield* failureOf(client.get("/vehicles"))
      assert.instanceOf(failure, LinxioTimeoutError)
      assert.instanceOf(failure, LinxioNetworkError)
      assert.include(failure, { phase: "headers", timeoutMs: 500, attempts: 1, method: "GET", path: "/api/vehicles" })
      assert.strictEqual(after, 500)
      assert.lengthOf(fake.sent(vehicles), 1)
    })
  )

  it.effect("covers the body as well (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 500 })
      fake.always(vehicles, stalled)
      const { after, failure } = yield* failureOf(client.get("/vehicles"))
      assert.include(failure, { _tag: "LinxioTimeoutError", phase: "body" })
      assert.strictEqual(after, 500)
    })
  )

  it.effect("is retried where the caller asks for it", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 500, retry: { onTimeout: true, retries: 2, delayMs: 0 } })
      fake.next(vehicles, silent, stalled)
      const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(fiber), client.tokens.token)
      assert.lengthOf(fake.sent(vehicles), 3)
    })
  )

  it.effect("can be set for one call, and a bad one is refused before anything is sent", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always(vehicles, silent)
      const { after } = yield* failureOf(withCallOptions({ timeoutMs: 200 })(client.get("/vehicles")))
      assert.strictEqual(after, 200)
      const { failure } = yield* failureOf(withCallOptions({ timeoutMs: Number.NaN })(client.get("/vehicles")))
      assert.deepInclude(failure, { _tag: "LinxioValidationError" })
      assert.include(failure.message, "timeoutMs")
      assert.lengthOf(fake.requests, 1)
    })
  )

  it.effect("bounds the wait for a shared refresh, which itself goes on (I-27, I-8)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 500 })
      const gate = fake.hold(refreshRoute)
      fake.revoke(client.tokens.token)
      const waiting = withCallOptions({ timeoutMs: 200 })(client.get("/vehicles"))
      const { after, failure } = yield* failureOf(waiting)
      assert.include(failure, { _tag: "LinxioTimeoutError", phase: "refresh", path: "/api/vehicles" })
      assert.strictEqual(after, 200)
      yield* gate.open
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.lengthOf(fake.refreshes(), 1)
    })
  )
})

describe("deadlineMs", () => {
  it.effect("covers attempts and back-off together (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const options = { timeoutMs: 400, deadlineMs: 1000, retry: { onTimeout: true, delayMs: 200, retries: 9 } }
      const client = yield* signedIn(fake, options)
      fake.always(vehicles, silent)
      // 0–400 the first attempt, 100 of back-off, 500–900 the second; 200 more would pass the deadline.
      const { after, failure } = yield* half(failureOf(client.get("/vehicles")))
      assert.strictEqual(after, 900)
      assert.include(failure, { attempts: 2, phase: "headers" })
    })
  )

  it.effect("cuts an attempt short that reaches it (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 800, deadlineMs: 1000, retry: { onTimeout: true, delayMs: 0 } })
      fake.always(vehicles, silent)
      const { after, failure } = yield* failureOf(client.get("/vehicles"))
      assert.strictEqual(after, 1000)
      assert.include(failure, { phase: "deadline", timeoutMs: 1000, attempts: 2 })
    })
  )

  it.effect("covers the wait for a refresh (I-27)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { timeoutMs: 700, deadlineMs: 1000 })
      const gate = fake.hold(refreshRoute)
      fake.next(vehicles, (_, proceed) => Effect.andThen(Effect.sleep(600), proceed))
      fake.revoke(client.tokens.token)
      const { after, failure } = yield* failureOf(client.get("/vehicles"))
      assert.strictEqual(after, 1000)
      assert.include(failure, { _tag: "LinxioTimeoutError", phase: "refresh" })
      yield* gate.open
    })
  )
})

describe("an interrupted caller", () => {
  /** Interrupts a call in its tracks and lets an hour go by: nothing of it may go on. */
  const interrupt = <A, E>(call: Effect.Effect<A, E>, ready: Effect.Effect<unknown>) =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(call, { startImmediately: true })
      yield* ready
      const before = yield* Clock.currentTimeMillis
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* Clock.currentTimeMillis, before)
      const exit = yield* Fiber.await(fiber)
      assert.isTrue(Exit.hasInterrupts(exit))
      yield* TestClock.adjust("1 hour")
    })

  for (const [phase, step] of [
    ["waits for the head", silent],
    ["reads the body", stalled]
  ] as const) {
    it.effect(`that ${phase} stops at once and is not retried (I-28)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.always(vehicles, step)
        yield* interrupt(client.get("/vehicles"), fake.until(vehicles, 1))
        assert.lengthOf(fake.sent(vehicles), 1)
      })
    )
  }

  it.effect("aborts the request that is under way (I-28)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      let aborted = 0
      fake.always(vehicles, () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => aborted++)))
      yield* interrupt(client.get("/vehicles"), fake.until(vehicles, 1))
      assert.strictEqual(aborted, 1)
    })
  )

  it.effect("in back-off stops at once and causes no further attempt (I-28)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always(vehicles, answer(503, {}, { "retry-after": "30" }))
      yield* interrupt(client.get("/vehicles"), TestClock.adjust("10 seconds"))
      assert.lengthOf(fake.sent(vehicles), 1)
    })
  )

  it.effect("that waits for a refresh stops at once, and the refresh goes on (I-28, I-8)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const gate = fake.hold(refreshRoute)
      fake.revoke(client.tokens.token)
      const fiber = yield* Effect.forkChild(client.get("/vehicles"), { startImmediately: true })
      yield* gate.arrived
      yield* Fiber.interrupt(fiber)
      yield* gate.open
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.lengthOf(fake.refreshes(), 1)
    })
  )

  it.effect("that waits for the end of a cooldown stops at once (I-28)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always(refreshRoute, answer(503, {}, { "retry-after": "20" }))
      fake.revoke(client.tokens.token)
      yield* failureOf(client.get("/vehicles"))
      const sent = fake.requests.length
      yield* interrupt(client.get("/vehicles"), Effect.yieldNow)
      assert.lengthOf(fake.requests, sent)
    })
  )
})
