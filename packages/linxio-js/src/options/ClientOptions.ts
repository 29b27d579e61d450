/** What `createClient` takes. */
import type { HeadersInput } from "linxio-effect/config/headers"
import type { RefreshOptions } from "./RefreshOptions.ts"
import type { RetryOptions } from "./RetryOptions.ts"
import type { SessionStore } from "./SessionStore.ts"

/**
 * A point in time: ISO-8601 text, a `Date`, or milliseconds since the epoch; text without an offset is read as UTC. What is out of the range of
 * times, such as `Infinity`, is unknown.
 *
 * @example
 * ```ts
 * import type { TokenTime } from "linxio-js"
 *
 * const sameMoment: Array<TokenTime> = ["2026-08-25T10:52:09Z", new Date("2026-08-25T10:52:09Z"), 1787655129000]
 * ```
 */
export type TokenTime = string | number | Date

/**
 * Is told what happens to the session, and how each call ended. Any object with these methods; `console` is one. What it is given holds no secret, and what it
 * throws disturbs nobody.
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
  /** Each attempt, and each call that went well, with method, path, status, attempts and request id. */
  debug(message: string, details?: unknown): void
  /** What went well: signed in, restored, refreshed, signed out. And each retry, with its wait. */
  info(message: string, details?: unknown): void
  /** What may need somebody soon: a call that failed in the end, a refresh or a store that failed, a session that expires. */
  warn(message: string, details?: unknown): void
  /** What needs somebody: the session ended. */
  error(message: string, details?: unknown): void
}

/**
 * The options of a client. Everything is optional; an unknown or unusable option throws a `LinxioConfigurationError` that names it.
 *
 * @example
 * ```ts
 * import { createClient, type ClientOptions } from "linxio-js"
 *
 * const options: ClientOptions = { timeoutMs: 10_000, deadlineMs: 60_000, logger: console }
 * const linxio = createClient(options)
 * ```
 */
export interface ClientOptions {
  /**
   * Where the API is. The only place that tokens are sent to.
   *
   * @default the environment variable `LINXIO_BASE_URL`, else "https://api.linxio.com/api"
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ baseUrl: "http://127.0.0.1:8787/api" })
   * ```
   */
  readonly baseUrl?: string | URL | undefined
  /**
   * Allows plain http to a host other than loopback; tokens then travel in the clear.
   *
   * @default false
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ baseUrl: "http://linxio.test-network.example/api", allowInsecure: true })
   * ```
   */
  readonly allowInsecure?: boolean | undefined
  /**
   * The access token of a session that was saved earlier.
   *
   * @default nobody is signed in
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ token: process.env.LINXIO_TOKEN })
   * ```
   */
  readonly token?: string | undefined
  /**
   * The refresh token of a session that was saved earlier. Alone it is enough: the first call renews the session.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refreshToken: process.env.LINXIO_REFRESH_TOKEN })
   * ```
   */
  readonly refreshToken?: string | undefined
  /**
   * When the access token expires; only needed where the token itself does not say.
   *
   * @example
   * ```ts
   * import { createClient, type SessionData } from "linxio-js"
   *
   * const resume = (saved: SessionData) => createClient({ token: saved.token, expireAt: saved.expireAt })
   * ```
   */
  readonly expireAt?: TokenTime | undefined
  /**
   * Bounds each thing a call waits for: one attempt with its body, or a shared refresh. Milliseconds, 1 to 2147483647.
   *
   * @default 30000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ timeoutMs: 5_000 })
   * ```
   */
  readonly timeoutMs?: number | undefined
  /**
   * Bounds the whole call: attempts, waits and refreshes together. Milliseconds, 1 to 2147483647.
   *
   * @default 120000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ deadlineMs: 25_000 }) // below the 30 seconds that the platform allows
   * ```
   */
  readonly deadlineMs?: number | undefined
  /**
   * The most bytes that an answer may have, decompressed; a longer one is a `LinxioDecodeError`. Not of what is streamed. 1 to 536870888.
   *
   * @default 67108864, 64 MiB
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ maxResponseBytes: 8_000_000 })
   * ```
   */
  readonly maxResponseBytes?: number | undefined
  /**
   * How calls are retried.
   *
   * @default 3 retries, after up to 300, 600 and 1,200 ms
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retry: { retries: 5 } })
   * ```
   */
  readonly retry?: RetryOptions | undefined
  /**
   * How long the refresh of a token may take.
   *
   * @default 10 seconds for an attempt, 20 for all of them together
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refresh: { deadlineMs: 5_000 } }) // in Workers, where a request may end during a refresh
   * ```
   */
  readonly refresh?: RefreshOptions | undefined
  /**
   * How many retries the client may spend: each costs one, each call that succeeds gives one back. A whole number, 0 or more.
   *
   * @default 1000
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ retryBudget: 100 })
   * ```
   */
  readonly retryBudget?: number | undefined
  /**
   * How long before the end of the refresh token `sessionExpiring` is announced: milliseconds, 0 to 2147483647, once for each.
   *
   * @default [604800000, 86400000], 7 days and 24 hours
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ expiryWarningsMs: [3 * 86_400_000] })
   * ```
   */
  readonly expiryWarningsMs?: ReadonlyArray<number> | undefined
  /**
   * Headers of every request, those of sign-in and refresh too; those of a call go before them. `authorization`, `cookie`, and what belongs to a
   * single request or to the connection, such as `content-type` and `host`, cannot be set here.
   *
   * @default `user-agent` with the name and the version of this SDK, except in browsers
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ headers: { "user-agent": "fleet-report/2.1", "accept-language": "en-AU" } })
   * ```
   */
  readonly headers?: HeadersInput | undefined
  /**
   * What sends the requests: for a proxy, a connection pool, a test.
   *
   * @default the runtime's own `fetch`, whatever is in its place when a request is made. As long as that is Node's own, with no dispatcher of
   * yours, Node sends over `node:http`, which is faster; `fetch: globalThis.fetch` says that it has to be `fetch`.
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ fetch: async () => Response.json({ count: 3 }), token: "a.b.c" })
   * console.log(await linxio.request("GET", "/vehicles/count")) // => { count: 3 }
   * ```
   */
  readonly fetch?: typeof globalThis.fetch | undefined
  /**
   * Where the session outlives the process.
   *
   * @default the session lives in this process only
   * @example
   * ```ts
   * import { createClient, type SessionStore } from "linxio-js"
   *
   * const start = (store: SessionStore) => createClient({ store })
   * ```
   */
  readonly store?: SessionStore | undefined
  /**
   * Is told what happens to the session and how each call ended, without a secret.
   *
   * @default standard error with `DEBUG=linxio` in the environment, else nobody
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ logger: console })
   * ```
   */
  readonly logger?: Logger | undefined
}
