/** When a call is tried again, and after how long: each delay by the clock, with a random share that is known. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import { TestClock } from "effect/testing"
import { LinxioApiError, LinxioAuthenticationError, LinxioNetworkError, withCallOptions, type LinxioOptions } from "linxio-effect"
import { answer, makeFake, reset, signedIn, type Fake, type Step } from "./support/harness.ts"

const vehicles = "GET /vehicles"
/** Full jitter takes this share of each delay. */
const share = (value: number) =>
  Effect.provideService(Random.Random, { nextDoubleUnsafe: () => value, nextIntUnsafe: () => 0 })

/** When the requests of a route were sent, in milliseconds from the first. */
const timesOf = (fake: Fake, route: string, step: Step): Array<number> => {
  const times: Array<number> = []
  let first: number | undefined
  fake.always(route, (recorded, proceed) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      times.push(now - (first ??= now))
      return step(recorded, proceed)
    })
  )
  return times
}

/** Runs a GET against a route that always takes `step`, for `forMs` of virtual time. */
const run = (step: Step, options: LinxioOptions = {}, forMs = 3_600_000) =>
  Effect.gen(function* () {
    const fake = makeFake()
    const client = yield* signedIn(fake, options)
    const times = timesOf(fake, vehicles, step)
    const fiber = yield* Effect.forkChild(Effect.result(client.get("/vehicles")), { startImmediately: true })
    yield* TestClock.adjust(forMs)
    const outcome = yield* Fiber.join(fiber)
    return { times, failure: outcome._tag === "Failure" ? outcome.failure : undefined }
  })

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

describe("Retry-After", () => {
  const after = (value: string, headers: Record<string, string> = {}) => answer(503, {}, { "retry-after": value, ...headers })

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
  it.effect("bounds what a total outage costs: N calls make N + budget attempts, and the last errors say so (I-30)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retryBudget: 10 })
      fake.always(vehicles, answer(503))
      const calls = Effect.all(Array.from({ length: 20 }, () => Effect.flip(client.get("/vehicles"))), { concurrency: "unbounded" })
      const fiber = yield* Effect.forkChild(calls)
      yield* TestClock.adjust("1 hour")
      const failures = yield* Fiber.join(fiber)
      assert.lengthOf(fake.sent(vehicles), 30)
      assert.isTrue(failures.every((failure) => failure instanceof LinxioApiError && failure.status === 503))
      assert.isTrue(failures.some((failure) => failure instanceof LinxioApiError && failure.retryBudgetExhausted === true))
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

  for (const [name, step] of [["network error", reset()], ["answer", answer(502)]] as const) {
    it.effect(`marks the ${name} that would have been retried (I-30)`, () =>
      Effect.gen(function* () {
        const { failure, times } = yield* run(step, { retryBudget: 0 })
        assert.lengthOf(times, 1)
        assert.include(failure, { retryBudgetExhausted: true })
      })
    )
  }
})

describe("what may be sent twice", () => {
  const statuses = [408, 425, 429, 500, 502, 503, 504, 520, 524, 529]
  it.effect(`an idempotent request is, after ${statuses.join(", ")} and a network error`, () =>
    Effect.gen(function* () {
      for (const status of statuses) assert.lengthOf((yield* share(0)(run(answer(status)))).times, 4, String(status))
      const { failure, times } = yield* share(0)(run(reset()))
      assert.lengthOf(times, 4)
      assert.instanceOf(failure, LinxioNetworkError)
      assert.include(failure, { attempts: 4 })
    })
  )

  it.effect("no request is, after 400, 403, 404, 409, 422, 501 and 505", () =>
    Effect.gen(function* () {
      for (const status of [400, 403, 404, 409, 422, 501, 505]) {
        assert.lengthOf((yield* run(answer(status))).times, 1, String(status))
      }
    })
  )

  for (const method of ["post", "patch"] as const) {
    const route = `${method.toUpperCase()} /notes`
    const send = (step: Step, call = withCallOptions({})) =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.always(route, step)
        const fiber = yield* Effect.forkChild(Effect.flip(call(client.http[method]("/notes", { body: HttpBody.jsonUnsafe({}) }))))
        yield* TestClock.adjust("1 hour")
        yield* Fiber.join(fiber)
        return fake.sent(route).length
      })

    it.effect(`a ${method.toUpperCase()} is not, once it may have reached the server (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(reset(true)), 1)
        for (const status of [408, 425, 500, 502, 503, 504]) assert.strictEqual(yield* send(answer(status)), 1, String(status))
      })
    )

    it.effect(`a ${method.toUpperCase()} is after a 429, which was refused before it was processed`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(answer(429)), 4)
      })
    )

    it.effect(`a ${method.toUpperCase()} is when the connection was never made (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(unreachable("ECONNREFUSED")), 4)
        assert.strictEqual(yield* send(unreachable("ECONNRESET")), 1)
      })
    )

    it.effect(`a ${method.toUpperCase()} is when its caller says that it is idempotent (I-31)`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* send(answer(503), withCallOptions({ idempotent: true })), 4)
      })
    )
  }

  it.effect("a body that is a stream is not (I-31)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.always("PUT /files", answer(503))
      const body = HttpBody.raw(new ReadableStream({ pull: (stream) => stream.close() }))
      const fiber = yield* Effect.forkChild(Effect.flip(client.http.put("/files", { body })))
      yield* TestClock.adjust("1 hour")
      assert.include(yield* Fiber.join(fiber), { status: 503, attempts: 1 })
    })
  )

  it.effect("a DELETE is, and a 404 after an attempt without an answer is marked as ambiguous", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* share(0)(signedIn(fake))
      fake.next("DELETE /notes/1", reset(true), answer(404))
      const failure = yield* Effect.flip(share(0)(client.http.del("/notes/1")))
      assert.include(failure, { status: 404, priorAttemptAmbiguous: true, attempts: 2 })
      fake.next("DELETE /notes/2", answer(429), answer(404))
      const plain = yield* Effect.flip(share(0)(client.http.del("/notes/2")))
      assert.include(plain, { status: 404, attempts: 2 })
      assert.notProperty(plain, "priorAttemptAmbiguous")
    })
  )
})

describe("sign-in", () => {
  const steps: Readonly<Record<string, Step>> = { "a 429": answer(429), "a 503": answer(503), "a refused connection": unreachable("ECONNREFUSED") }
  for (const [name, step] of Object.entries(steps)) {
    it.effect(`is never sent twice after ${name}, whatever the client and the call allow (I-31)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake, { retry: { schedule: Schedule.recurs(2), methods: ["POST"] } })
        for (const route of ["POST /login", "POST /login/otp"]) fake.always(route, step)
        const allowed = withCallOptions({ idempotent: true, retry: { retries: 5 } })
        const login = yield* Effect.flip(allowed(client.auth.login({ email: "a@b.c", password: "pw" })))
        const otp = yield* Effect.flip(allowed(client.auth.verifyOtp({ email: "a@b.c", code: "123456" })))
        const raw = yield* Effect.flip(allowed(client.http.post("/login", { body: HttpBody.jsonUnsafe({ email: "a@b.c", password: "pw" }) })))
        assert.notInstanceOf(login, LinxioAuthenticationError)
        assert.deepStrictEqual([login, otp, raw].map(({ _tag }) => _tag), Array.from({ length: 3 }, () => login._tag))
        assert.lengthOf(fake.sent("POST /login"), 2)
        assert.lengthOf(fake.sent("POST /login/otp"), 1)
      })
    )
  }
})

function unreachable(code: string): Step {
  return ({ request }) =>
    Effect.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({ request, cause: Object.assign(new Error("fetch failed"), { code }) })
      })
    )
}
