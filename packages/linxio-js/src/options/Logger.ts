/** The logger that a client writes to. */

/**
 * Receives session changes and the outcome of each call. Any object with these methods works, such as `console`. Log lines contain no secret. Errors
 * that the logger throws are ignored.
 *
 * @example
 * ```ts
 * import { createClient, type Logger } from "linxio-js"
 *
 * const write = (message: string, details?: unknown) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`)
 * const logger: Logger = { debug: () => undefined, info: write, warn: write, error: write }
 * const linxio = createClient({ logger })
 * ```
 */
export interface Logger {
  /** Each attempt, and each call that succeeded, with method, path, status, attempts and request id. */
  debug(message: string, details?: unknown): void
  /** Session changes that succeeded (signed in, restored, refreshed, signed out), and each retry with its delay. */
  info(message: string, details?: unknown): void
  /** What may need attention: a call that failed after its retries, a refresh or a store that failed, a session that expires soon. */
  warn(message: string, details?: unknown): void
  /** What needs a person: the session ended. */
  error(message: string, details?: unknown): void
}
