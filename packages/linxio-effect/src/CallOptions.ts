/** The options of one call. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { BodyAs } from "./transport/Transport.ts"
import type { RetryOptions } from "./RetryPolicy.ts"

/**
 * How much of a response body has arrived.
 *
 * @example
 * ```ts
 * import type { Progress } from "linxio-js"
 *
 * const shown = ({ received, total }: Progress) => (total ? `${Math.round((received / total) * 100)} %` : `${received} bytes`)
 * console.log(shown({ received: 50, total: 200 })) // => 25 %
 * ```
 */
export interface Progress {
  /** The bytes that have arrived, after decompression. */
  readonly received: number
  /** The bytes of the whole body; undefined if the server did not say, or if the body is compressed. */
  readonly total: number | undefined
}

/** Receives the progress of a body. */
export type OnProgress = (progress: Progress) => void

/** The options of one call. An option that is left out has the client's value. */
export interface CallOptions {
  /** The time limit of one attempt, or of one wait for a refresh. Milliseconds, 1 to 2147483647. @default the client's */
  readonly timeoutMs?: number | undefined
  /** The time limit of the whole call. Milliseconds, 1 to 2147483647. @default the client's */
  readonly deadlineMs?: number | undefined
  /** How the call is retried. @default the client's */
  readonly retry?: RetryOptions | undefined
  /** True: sending the request twice has the same effect as sending it once, so that it may be retried. @default by method, see `RetryPolicy.idempotentMethods` */
  readonly idempotent?: boolean | undefined
  /** False sends the request without a bearer token. @default true */
  readonly authenticate?: boolean | undefined
  /** The maximum size of a response body after decompression; does not apply to streamed bodies. Bytes, 1 to 536870888. @default the client's */
  readonly maxResponseBytes?: number | undefined
  /**
   * How to read the response body. `text` is cheaper than `bytes`, but loses bytes that are not UTF-8. With `stream` the call succeeds when the response
   * head has arrived; `deadlineMs` does not apply to `response.stream`, which fails when nothing is received or read for `timeoutMs`.
   * @default "bytes"
   */
  readonly bodyAs?: BodyAs | undefined
  /**
   * Is told of each chunk of the body of a 2xx. Starts again at 0 with another attempt. Never called after the call has ended, and not at all where the
   * `fetch` of the application gives no stream. What it throws is ignored. Uploads are not reported: no runtime
   * says how much of them has arrived.
   * @default none
   */
  readonly onProgress?: OnProgress | undefined
  /** True: a record of a list that cannot be read fails the call. False: it is left out and listed in `meta.invalid`. @default false */
  readonly strict?: boolean | undefined
  /**
   * The path template, such as `/vehicles/:id`, for the names of spans and metrics. Methods that are derived from the contract set it.
   * @default none: the name of a span is its method
   */
  readonly urlTemplate?: string | undefined
}

/** Has no prototype: a property of `Object.prototype` must not act as an option (F-28). */
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
