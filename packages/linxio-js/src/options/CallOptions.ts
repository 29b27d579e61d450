/** What every call can be given. */

/**
 * What every call can set for itself; what it leaves out is the client's. An option that does not exist is a `LinxioValidationError` that names it.
 *
 * @example
 * ```ts
 * import { createClient, type CallOptions } from "linxio-js"
 *
 * const quick: CallOptions = { timeoutMs: 2_000, deadlineMs: 5_000 }
 * const { error } = await createClient().auth.me(quick)
 * console.log(error?.name) // => LinxioAuthenticationError
 * ```
 */
export interface CallOptions {
  /**
   * Aborts the call: it settles at once with a `LinxioAbortError` that carries the signal's reason.
   *
   * @default nothing aborts it
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { error } = await createClient().auth.me({ signal: AbortSignal.abort("too late") })
   * console.log(error?.name) // => LinxioAbortError
   * ```
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Bounds each thing this call waits for. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const report = (linxio: LinxioClient) => linxio.request("GET", "/reports/fuel", { timeoutMs: 90_000 })
   * ```
   */
  readonly timeoutMs?: number | undefined
  /**
   * Bounds this call as a whole. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const quickly = (linxio: LinxioClient) => linxio.request("GET", "/vehicles/count", { deadlineMs: 3_000 })
   * ```
   */
  readonly deadlineMs?: number | undefined
}

/**
 * What a list can be given.
 *
 * @example
 * ```ts
 * import type { LinxioClient, ListOptions } from "linxio-js"
 *
 * const options: ListOptions = { strict: true, timeoutMs: 10_000 }
 * const all = (linxio: LinxioClient) => linxio.vehicles.iterate({ fields: ["id", "regNo"] }, options)
 * ```
 */
export interface ListOptions extends CallOptions {
  /** True fails with a `LinxioDecodeError` where a record cannot be read, in place of leaving it out and telling of it in `meta.invalid`. @default false */
  readonly strict?: boolean | undefined
}

/**
 * What `auth.me` can be given.
 *
 * @example
 * ```ts
 * import type { MeOptions } from "linxio-js"
 *
 * const short: MeOptions = { fields: ["id", "email"] }
 * ```
 */
export interface MeOptions extends CallOptions {
  /**
   * The names of the fields to ask for.
   *
   * @default those that Linxio gives by itself
   */
  readonly fields?: ReadonlyArray<string> | undefined
}
