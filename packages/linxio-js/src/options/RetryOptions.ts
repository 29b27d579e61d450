/** How calls are retried. */

/**
 * How calls are retried, for a client or for one call. A call uses the client's value for an option that it leaves out.
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
   * The longest delay before the first retry, in milliseconds, 0 or more. It doubles for each further retry; the actual delay is random between 0 and that.
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
   * The longest delay before any retry, in milliseconds, 0 or more.
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
   * The longest `Retry-After` that the SDK waits for, in milliseconds, 0 or more. With a longer one the call fails at once.
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
   * True also retries an attempt that timed out after `timeoutMs`, if the request may be repeated.
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
