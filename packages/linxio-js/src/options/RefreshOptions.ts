/** The time limits of a token refresh. */

/**
 * The time limits of a token refresh. They are separate from those of calls, because a refresh continues after the call that started it has ended.
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
   * The time limit of one refresh attempt. Milliseconds, 1 to 2147483647. If the client's `timeoutMs` is less, that applies.
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
   * The time limit of all attempts of one refresh together. Milliseconds, 1 to 2147483647. A runtime may cancel a refresh, as Workers do with the
   * work of a request that has ended. Such a refresh counts as lost one second after this limit, and the next call starts a new one.
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
