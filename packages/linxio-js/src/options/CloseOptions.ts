/** What `close` can be given. */

/**
 * How a client ends.
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
   * True waits for the calls under way; new ones are refused at once.
   *
   * @default false: calls under way fail with `LinxioAbortError`
   */
  readonly drain?: boolean | undefined
  /**
   * The longest wait with `drain`, after which the calls that are left fail with `LinxioAbortError`. Milliseconds, 1 to 2147483647.
   *
   * @default 30000
   */
  readonly timeoutMs?: number | undefined
}
