/** The options of `close`. */

/**
 * How to close a client.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 *
 * const linxio = createClient()
 * process.once("SIGTERM", () => void linxio.close({ drain: true, timeoutMs: 10_000 }))
 * ```
 */
export interface CloseOptions {
  /**
   * True waits for running calls; new calls are refused at once.
   *
   * @default false: running calls fail with `LinxioAbortError`
   */
  readonly drain?: boolean | undefined
  /**
   * The longest wait with `drain: true`. Calls that are still running after it fail with `LinxioAbortError`. Milliseconds, 1 to 2147483647.
   *
   * @default 30000
   */
  readonly timeoutMs?: number | undefined
}
