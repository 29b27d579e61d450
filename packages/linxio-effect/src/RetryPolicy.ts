/**
 * The retry policies: what is retried, after which delay, and when to stop. Every policy is a value.
 *
 * A call makes `1 + retries` attempts at most. Before retry *n* it waits a random time between zero and
 * `min(maxDelayMs, delayMs × 2ⁿ⁻¹)` ("full jitter": callers that failed together do not come back together),
 * with the defaults at most 300, 600 and 1,200 ms. A `Retry-After` within `maxRetryAfterMs` is waited for in
 * full, plus up to a tenth; a longer one ends the call (I-29).
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import type { LinxioFailure } from "./LinxioError.ts"

/** The delays between attempts. The engine adds the rules that hold for every schedule. */
export type Waits = Schedule.Schedule<unknown, LinxioFailure>

/** Whether a value is a schedule. */
export const isWaits = (given: unknown): given is Waits => Schedule.isSchedule(given)

/** How the calls of a client are retried; every part can be set per client and per call. */
export interface RetryPolicy {
  /** Retries after the first attempt, whatever the schedule says. @default 3 */
  readonly retries: number
  /** The longest wait before the first retry, in milliseconds; doubled for each further one. @default 300 */
  readonly delayMs: number
  /** The longest wait before any retry, in milliseconds. @default 10000 */
  readonly maxDelayMs: number
  /** The longest `Retry-After` that the client waits for, in milliseconds; with a longer one the call fails. @default 60000 */
  readonly maxRetryAfterMs: number
  /** Whether an attempt that timed out after `timeoutMs` is retried. @default false */
  readonly onTimeout: boolean
  /** Statuses after which an idempotent request is retried. @default `retryableStatuses` */
  readonly statuses: ReadonlyArray<number>
  /** Methods whose requests may be sent twice. @default `idempotentMethods` */
  readonly methods: ReadonlyArray<string>
  /** The waits between attempts; `retries`, `Retry-After`, the deadline and the budget hold for it too. @default `transport(policy)` */
  readonly schedule?: Waits
}

/**
 * A retry policy with parts left out.
 *
 * @example
 * ```ts
 * import { type RetryPolicy, withCallOptions } from "linxio-effect"
 *
 * const once: RetryPolicy.RetryOptions = { retries: 0 }
 * const onlyOnce = withCallOptions({ retry: once })
 * ```
 */
export type RetryOptions = { readonly [K in keyof RetryPolicy]?: RetryPolicy[K] | undefined }

/** RFC 9110, section 9.2.2. PATCH and POST are sent twice only when the call says `idempotent: true`. */
export const idempotentMethods: ReadonlyArray<string> = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]

/** RFC 9110, RFC 8470 (425), and what proxies answer when the origin server is unavailable (520–524, 529). Never 501 or 505. */
export const retryableStatuses: ReadonlyArray<number> = [
  408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529
]

/** The default retry policy. */
export const defaults: RetryPolicy = {
  retries: 3,
  delayMs: 300,
  maxDelayMs: 10_000,
  maxRetryAfterMs: 60_000,
  onTimeout: false,
  statuses: retryableStatuses,
  methods: idempotentMethods
}

/** Full jitter: a random delay from 0 to the given one. (`Schedule.jittered` gives 80–120 %.) */
const fullJitter = <Output, Input, Error, Env>(
  schedule: Schedule.Schedule<Output, Input, Error, Env>
): Schedule.Schedule<Output, Input, Error, Env> =>
  Schedule.modifyDelay(schedule, ({ duration }) => Effect.map(Random.next, (share) => Duration.times(duration, share)))

/**
 * Exponential backoff with full jitter: delays that double from `baseMs` up to `capMs`, in milliseconds. The schedule has no end.
 *
 * @example
 * ```ts
 * import { Linxio, RetryPolicy } from "linxio-effect"
 *
 * const slower = Linxio.layer({ refresh: { cooldown: RetryPolicy.backoff(5_000, 120_000) } })
 * ```
 */
export const backoff = (baseMs: number, capMs: number): Schedule.Schedule<unknown> =>
  fullJitter(Schedule.min([Schedule.exponential(Duration.millis(baseMs)), Schedule.spaced(Duration.millis(capMs))]))

/**
 * Makes a schedule wait at least as long as the server asked for with `Retry-After`, plus up to a tenth, so that callers do not all retry at the same
 * time. The engine applies it to every schedule, also to your own (docs/guarantees.md#i-29).
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schedule from "effect/Schedule"
 * import { HttpClient, RetryPolicy, withCallOptions } from "linxio-effect"
 *
 * const patient = RetryPolicy.respectRetryAfter(Schedule.spaced("2 seconds"))
 * const count = HttpClient.use((http) => http.get("/vehicles/count")).pipe(
 *   withCallOptions({ retry: { retries: 0 } }),
 *   Effect.retry(patient)
 * )
 * ```
 */
export const respectRetryAfter = <Output>(
  schedule: Schedule.Schedule<Output, LinxioFailure>
): Schedule.Schedule<Output, LinxioFailure> =>
  Schedule.modifyDelay(schedule, ({ duration, input }) => {
    const retryAfterMs = retryAfterOf(input)
    return retryAfterMs === undefined
      ? Effect.succeed(duration)
      : Effect.map(Random.next, (share) => Duration.max(duration, Duration.millis(retryAfterMs * (1 + share / 10))))
  })

/**
 * The delays between the attempts of a call.
 *
 * @example
 * ```ts
 * import * as Schedule from "effect/Schedule"
 * import { Linxio, RetryPolicy } from "linxio-effect"
 *
 * const schedule = RetryPolicy.transport(RetryPolicy.defaults).pipe(Schedule.upTo({ duration: "30 seconds" }))
 * const patient = Linxio.layer({ retry: { retries: 8, schedule } })
 * ```
 */
export const transport = (policy: RetryPolicy): Waits => backoff(policy.delayMs, policy.maxDelayMs)

/** How a refresh is retried, and the cooldown after a refresh that failed. */
export interface RefreshPolicy {
  /** Retries of one refresh after its first attempt, whatever the schedule says. @default 3 */
  readonly retries: number
  /** The waits between the attempts of one refresh. @default `refresh` */
  readonly schedule: Waits
  /** The waits between one failed refresh and the next. @default `cooldown` */
  readonly cooldown: Waits
  /** The time limit of one attempt, in milliseconds. If `timeoutMs` of the client is less, that applies. @default 10000 */
  readonly attemptTimeoutMs: number
  /** The time limit of all attempts of one refresh together, in milliseconds. @default 20000 */
  readonly deadlineMs: number
}

/** The first retry is within 1 s, because a server that rotates tokens accepts the old refresh token for a few seconds only. */
export const refresh: Waits = backoff(500, 4000)

/** The cooldown: a random time up to 1, 2, 4 … 60 s between failed refreshes (docs/guarantees.md#i-23). */
export const cooldown: Waits = backoff(1000, 60_000)

/** The default refresh policy. */
export const refreshDefaults: RefreshPolicy = {
  retries: 3,
  schedule: refresh,
  cooldown,
  attemptTimeoutMs: 10_000,
  deadlineMs: 20_000
}

/** What the server asked for with `Retry-After`, in milliseconds. */
export const retryAfterOf = (failure: LinxioFailure): number | undefined =>
  failure._tag === "LinxioApiError" ? failure.retryAfterMs : undefined

/** Codes of connections that were never established: such a request cannot have reached the server, whatever its method. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket"
])

/**
 * Whether another attempt may be made after this failure (I-29, I-31): a request that may have been processed is
 * repeated only when repeating it changes nothing.
 */
export const allows = (policy: RetryPolicy, failure: LinxioFailure, idempotent: boolean): boolean => {
  switch (failure._tag) {
    case "LinxioNetworkError":
      return idempotent || (failure.code !== undefined && neverSent.has(failure.code))
    case "LinxioTimeoutError":
      return policy.onTimeout && idempotent
    case "LinxioApiError":
      if ((failure.retryAfterMs ?? 0) > policy.maxRetryAfterMs) return false
      // A 429 means that the request was not processed: every request may be retried.
      return policy.statuses.includes(failure.status) && (idempotent || failure.status === 429)
    default:
      return false
  }
}
