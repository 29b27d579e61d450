/** What one call can set for itself. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { BodyAs } from "./transport/Transport.ts"
import type { RetryOptions } from "./RetryPolicy.ts"

/** The limits of one call; what it leaves out is the client's. */
export interface CallOptions {
  /** One attempt, or one wait for a refresh. Milliseconds, 1 to 2147483647. */
  readonly timeoutMs?: number | undefined
  /** The whole call. Milliseconds, 1 to 2147483647. */
  readonly deadlineMs?: number | undefined
  /** How the call is retried. */
  readonly retry?: RetryOptions | undefined
  /** Says of a POST or PATCH that doing it twice is the same as doing it once. @default by method, see `RetryPolicy.idempotentMethods` */
  readonly idempotent?: boolean | undefined
  /** False sends the request without a bearer token. @default true */
  readonly authenticate?: boolean | undefined
  /** The most bytes that an answer may have, decompressed; not of what is streamed. 1 to 536870888. @default the client's */
  readonly maxResponseBytes?: number | undefined
  /**
   * What the body of the answer is read as: `text` is cheaper, and loses bytes that are not UTF-8. `stream` gives the answer as soon as its head has
   * come: `response.stream` is read at its reader's pace, without `deadlineMs`; it fails when nothing is received or read for `timeoutMs`.
   * @default "bytes"
   */
  readonly bodyAs?: BodyAs | undefined
  /** True fails a list with a record that cannot be read, in place of leaving it out and telling of it in `meta.invalid`. @default false */
  readonly strict?: boolean | undefined
  /**
   * The path with the names of its parameters in place of their values, such as `/vehicles/:id`: spans and metrics are named by it. Whatever is
   * derived from the contract sets it. @default nothing, and the name of a span is its method
   */
  readonly urlTemplate?: string | undefined
}

/** Without a prototype, on which somebody could put an option for everybody (F-28). */
const noOptions = (): CallOptions => Object.create(null) as CallOptions

/**
 * The options of the calls in an effect; `withCallOptions` sets them.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { CurrentCallOptions } from "linxio-effect"
 *
 * const limit = Effect.map(CurrentCallOptions, (options) => options.timeoutMs)
 * console.log(await Effect.runPromise(limit)) // => undefined
 * ```
 */
export const CurrentCallOptions = Context.Reference<CallOptions>("linxio-effect/CallOptions", {
  defaultValue: noOptions
})

/**
 * Runs the calls in an effect with other limits.
 *
 * @example
 * ```ts
 * import { HttpClient, withCallOptions } from "linxio-effect"
 *
 * const report = HttpClient.use((http) => http.get("/reports/fuel")).pipe(withCallOptions({ timeoutMs: 90_000 }))
 * ```
 */
export const withCallOptions =
  (options: CallOptions) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(CurrentCallOptions, (outer) =>
      Effect.provideService(effect, CurrentCallOptions, Object.assign(noOptions(), outer, options))
    )
