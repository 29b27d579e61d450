/** When a call is tried again, and after how long: each delay by the clock, with a random share that is known. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { TestClock } from "effect/testing"
import * as Clock from "effect/Clock"
import { LinxioApiError, withCallOptions } from "linxio-effect"
import { movableClock } from "../support/clock.ts"
import { answer, layer, makeFake, reset, signedIn } from "../support/harness.ts"
import { run, share, vehicles } from "../support/outage.ts"

describe("the waits between attempts", () => {
  it.effect("are a random share of 300, 600 and 1,200 ms, and after four attempts the last error is the caller's", () =>
    Effect.gen(function* () {
      const { failure, times } = yield* share(0.5)(run(answer(503)))
      assert.deepStrictEqual(times, [0, 150, 450, 1050])
      assert.instanceOf(failure, LinxioApiError)
      assert.include(failure, { status: 503, attempts: 4, elapsedMs: 1050 })
    })
  )

  it.effect("begin at zero and never reach the whole delay: the jitter is full", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* share(0)(run(answer(503)))).times, [0, 0, 0, 0])
      const { times } = yield* share(0.999)(run(answer(503)))
      assert.deepStrictEqual(times.map(Math.round), [0, 300, 899, 2098])
    })
  )

  it.effect("double up to maxDelayMs", () =>
    Effect.gen(function* () {
      const { times } = yield* share(0.5)(run(answer(503), { retry: { retries: 5, delayMs: 100, maxDelayMs: 300 } }))
      assert.deepStrictEqual(times, [0, 50, 150, 300, 450, 600])
    })
  )

  it.effect("are those of the client's own schedule where it has one", () =>
    Effect.gen(function* () {
      const schedule = Schedule.upTo(Schedule.spaced("7 seconds"), { times: 2 })
      assert.deepStrictEqual((yield* run(answer(503), { retry: { schedule } })).times, [0, 7000, 14_000])
    })
  )
})

describe("a schedule of the user's own", () => {
  const every = (ms: number) => Schedule.spaced(ms)

  it.effect("waits for Retry-After as well (F-17, I-29)", () =>
    Effect.gen(function* () {
      const step = answer(503, {}, { "retry-after": "10" })
      const { times } = yield* share(0)(run(step, { retry: { schedule: every(1_000) } }))
      assert.deepStrictEqual(times, [0, 10_000, 20_000, 30_000])
    })
  )

  it.effect("that never ends makes no more attempts than `retries` allows (F-17)", () =>
    Effect.gen(function* () {
      assert.lengthOf((yield* run(answer(503), { retry: { schedule: Schedule.forever } })).times, 4)
      assert.lengthOf((yield* run(answer(503), { retry: { schedule: Schedule.forever, retries: 6 } })).times, 7)
    })
  )

  it.effect("yields to the retries of a single call (F-18)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retry: { retries: 5, schedule: Schedule.recurs(5) } })
      fake.always(vehicles, answer(503))
      yield* Effect.flip(withCallOptions({ retry: { retries: 1 } })(client.get("/vehicles")))
      assert.lengthOf(fake.sent(vehicles), 2)
    })
  )

  it.effect("ends with the deadline and with the retry budget (I-29, I-30)", () =>
    Effect.gen(function* () {
      const retry = { retries: 50, schedule: every(1_000) }
      const { times } = yield* run(answer(503), { retry, deadlineMs: 3_500 })
      assert.deepStrictEqual(times, [0, 1000, 2000, 3000])
      const { failure } = yield* run(answer(503), { retry, retryBudget: 2 })
      assert.include(failure, { attempts: 3, retryBudgetExhausted: true })
    })
  )

  it("is refused where it is none", () => {
    const schedule = { retries: 3 } as unknown as Schedule.Schedule<unknown>
    const refused = Effect.flip(Effect.scoped(Effect.provide(Effect.void, layer(makeFake(), { retry: { schedule } }))))
    assert.include(Effect.runSync(refused), { _tag: "LinxioConfigurationError", option: "retry.schedule" })
  })
})

describe("the wall clock", () => {
  it.effect("set forward by an hour during a wait does not end the call (F-12)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.next(vehicles, answer(503))
      const clock = yield* movableClock
      const fiber = yield* Effect.forkChild(Effect.provideService(client.get("/vehicles"), Clock.Clock, clock))
      yield* fake.until(vehicles, 1)
      clock.moveBy(3_600_000)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(fiber), client.tokens.token)
    })
  )
})

describe("Retry-After", () => {
  const after = (value: string, headers: Record<string, string> = {}) =>
    answer(503, {}, { "retry-after": value, ...headers })

  it.effect("in seconds is waited for in full, and up to a tenth longer (I-29)", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* share(0.5)(run(after("2")))).times, [0, 2100, 4200, 6300])
      assert.deepStrictEqual((yield* share(0)(run(after("2")))).times, [0, 2000, 4000, 6000])
    })
  )

  it.effect("as a date is measured by the server's clock, not by ours (I-29)", () =>
    Effect.gen(function* () {
      const date = "Tue, 03 Mar 2026 08:00:00 GMT"
      const step = after("Tue, 03 Mar 2026 08:00:20 GMT", { date })
      assert.deepStrictEqual((yield* share(0)(run(step))).times, [0, 20_000, 40_000, 60_000])
    })
  )

  it.effect("as a date without a Date header is measured by the local clock (I-29)", () =>
    Effect.gen(function* () {
      const { times } = yield* share(0)(run(after("Thu, 01 Jan 1970 00:00:05 GMT")))
      assert.deepStrictEqual(times, [0, 5000, 5000, 5000])
    })
  )

  it.effect("beyond the cap ends the call at once, and the error says how long was asked for (I-29)", () =>
    Effect.gen(function* () {
      const { failure, times } = yield* run(answer(429, {}, { "retry-after": "61" }))
      assert.deepStrictEqual(times, [0])
      assert.include(failure, { status: 429, reason: "RateLimited", retryAfterMs: 61_000 })
      assert.lengthOf((yield* share(0)(run(after("60"), { deadlineMs: 200_000 }))).times, 4)
      assert.lengthOf((yield* share(0)(run(after("2"), { retry: { maxRetryAfterMs: 1999 } }))).times, 1)
    })
  )

  it.effect("that does not fit into the deadline is not begun (I-29)", () =>
    Effect.gen(function* () {
      const { failure, times } = yield* share(0)(run(after("2"), { deadlineMs: 3000 }))
      assert.deepStrictEqual(times, [0, 2000])
      assert.include(failure, { status: 503, elapsedMs: 2000 })
    })
  )

  it.effect("that is nonsense is ignored", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* share(0.5)(run(after("soon")))).times, [0, 150, 450, 1050])
      assert.deepStrictEqual((yield* share(0.5)(run(after("-5")))).times, [0, 150, 450, 1050])
    })
  )
})

describe("the retry budget", () => {
  it.effect(
    "bounds what a total outage costs: N calls make N + budget attempts, and the last errors say so (I-30)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake, { retryBudget: 10 })
        fake.always(vehicles, answer(503))
        const calls = Effect.all(
          Array.from({ length: 20 }, () => Effect.flip(client.get("/vehicles"))),
          { concurrency: "unbounded" }
        )
        const fiber = yield* Effect.forkChild(calls)
        yield* TestClock.adjust("1 hour")
        const failures = yield* Fiber.join(fiber)
        assert.lengthOf(fake.sent(vehicles), 30)
        assert.isTrue(failures.every((failure) => failure instanceof LinxioApiError && failure.status === 503))
        assert.isTrue(
          failures.some((failure) => failure instanceof LinxioApiError && failure.retryBudgetExhausted === true)
        )
      })
  )

  it.effect("gets one back for each success (I-30)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* share(0)(signedIn(fake, { retryBudget: 1, retry: { retries: 1 } }))
      const once = Effect.gen(function* () {
        fake.next(vehicles, answer(503))
        return yield* share(0)(client.get("/vehicles"))
      })
      yield* once
      yield* once
      yield* once
      assert.lengthOf(fake.sent(vehicles), 6)
    })
  )

  for (const [name, step] of [
    ["network error", reset()],
    ["answer", answer(502)]
  ] as const) {
    it.effect(`marks the ${name} that would have been retried (I-30)`, () =>
      Effect.gen(function* () {
        const { failure, times } = yield* run(step, { retryBudget: 0 })
        assert.lengthOf(times, 1)
        assert.include(failure, { retryBudgetExhausted: true })
      })
    )
  }
})
