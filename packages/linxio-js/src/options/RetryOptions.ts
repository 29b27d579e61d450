/** How calls are retried. */

/**
 * How calls are retried, of a client or of one call; what a call leaves out is the client's.
 *
 * @example
 * ```ts
 * import { createClient, type RetryOptions } from "linxio-js"
 *
 * const patient: RetryOptions = { retries: 5, maxDelayMs: 30_000 }
 * const linxio = createClient({ retry: patient })
 * ```
 */
export interface RetryOptions {
  /**
   * Retries after the first attempt: a whole number, 0 or more. 0 turns retries off.
   *
   * @default 3
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retry: { retries: 0 } })
   * ```
   */
  readonly retries?: number | undefined
  /**
   * The longest wait before the first retry, in milliseconds, 0 or more; doubled for each further one, and a random share of it is taken.
   *
   * @default 300
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retry: { delayMs: 1_000 } }) // up to 1, 2 and 4 seconds
   * ```
   */
  readonly delayMs?: number | undefined
  /**
   * The longest wait before any retry, in milliseconds, 0 or more.
   *
   * @default 10000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retry: { retries: 10, maxDelayMs: 5_000 } })
   * ```
   */
  readonly maxDelayMs?: number | undefined
  /**
   * The longest `Retry-After` that is waited for, in milliseconds, 0 or more. A longer one ends the call at once.
   *
   * @default 60000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retry: { maxRetryAfterMs: 5_000 } })
   * ```
   */
  readonly maxRetryAfterMs?: number | undefined
  /**
   * Whether an attempt that ran into `timeoutMs` is made again, where it may be repeated at all.
   *
   * @default false
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ timeoutMs: 5_000, retry: { onTimeout: true } })
   * ```
   */
  readonly onTimeout?: boolean | undefined
}
