/** The limits of a token refresh. */

/**
 * How long the refresh of a token may take. It has limits of its own, because it goes on when the call that began it has ended.
 *
 * @example
 * ```ts
 * import { createClient, type RefreshOptions } from "linxio-js"
 *
 * const hasty: RefreshOptions = { attemptTimeoutMs: 2_000, deadlineMs: 5_000 }
 * const linxio = createClient({ refresh: hasty })
 * ```
 */
export interface RefreshOptions {
  /**
   * Bounds one attempt of a refresh. Milliseconds, 1 to 2147483647; the client's `timeoutMs` where that is less.
   *
   * @default 10000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refresh: { attemptTimeoutMs: 3_000 } })
   * ```
   */
  readonly attemptTimeoutMs?: number | undefined
  /**
   * Bounds all attempts of one refresh together. Milliseconds, 1 to 2147483647. A refresh that its runtime dropped, as Workers do with the work
   * of a request that has ended, counts as lost a second later, and the next call begins a new one.
   *
   * @default 20000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refresh: { deadlineMs: 5_000 } })
   * ```
   */
  readonly deadlineMs?: number | undefined
}
