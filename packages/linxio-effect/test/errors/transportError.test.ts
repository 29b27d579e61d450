/** What a transport's failure becomes, where it depends on a moment that no clock of a test can bring about. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as RetryPolicy from "../../src/RetryPolicy.ts"
import type { Call } from "../../src/exchange/call.ts"
import { transportError } from "../../src/exchange/transportError.ts"

/** A call that began `elapsedMs` ago, with a second for each attempt. */
const callOf = (deadlineMs: number, elapsedMs: number): Call => ({
  method: "GET",
  path: "/vehicles",
  urlTemplate: undefined,
  request: HttpClientRequest.get("/vehicles"),
  href: "https://linxio.test/vehicles",
  authenticated: true,
  bodyAs: "text",
  clock: {
    ...Effect.runSync(Effect.clockWith(Effect.succeed)),
    monotonicTimeNanosUnsafe: () => BigInt(elapsedMs) * 1_000_000n
  },
  startedAt: 0,
  limits: { deadlineMs, maxResponseBytes: 1_000, timeoutMs: 1_000, retry: RetryPolicy.defaults },
  idempotent: true,
  attempts: 1,
  hops: 0,
  adoptions: 0,
  replayed: false,
  ambiguous: false,
  failure: undefined,
  epoch: undefined,
  onProgress: undefined,
  listener: undefined
})

const timedOut = { _tag: "TimedOut", phase: "headers" } as const

describe("a timer that fires a millisecond before the clock says so", () => {
  it("is the deadline's, where the attempt was given less than timeoutMs because of it", () => {
    const error = transportError(callOf(100, 99), timedOut, 99, [])
    assert.include(error, { _tag: "LinxioTimeoutError", phase: "deadline", timeoutMs: 100 })
  })

  it("is the attempt's, where it was given timeoutMs", () => {
    const error = transportError(callOf(5_000, 999), timedOut, 1_000, [])
    assert.include(error, { _tag: "LinxioTimeoutError", phase: "headers", timeoutMs: 1_000 })
  })
})
