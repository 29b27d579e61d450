/** The options of `createClient`. */
import type { HeadersInput } from "linxio-effect/config/headers"
import type { LoginPayload } from "./LoginPayload.ts"
import type { Logger } from "./Logger.ts"
import type { RefreshOptions } from "./RefreshOptions.ts"
import type { RetryOptions } from "./RetryOptions.ts"
import type { SessionStore } from "./SessionStore.ts"

/**
 * A point in time: ISO-8601 text, a `Date`, or milliseconds since the epoch. Text without an offset is read as UTC. A value outside the years
 * 1970 to 9999, such as `Infinity`, means that the time is unknown.
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
 * The options of a client. All are optional. An unknown or invalid option throws a `LinxioConfigurationError` that names it.
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
   * The URL of the API. Tokens are sent to no other address.
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
   * Allows plain http to a host other than loopback. Tokens are then sent unencrypted.
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
   * The refresh token of a session that was saved earlier. It is enough on its own: the first call then refreshes the session.
   *
   * @default none
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refreshToken: process.env.LINXIO_REFRESH_TOKEN })
   * ```
   */
  readonly refreshToken?: string | undefined
  /**
   * When the access token expires. Needed only if the token itself does not contain this time.
   *
   * @default the `exp` claim of the token
   * @example
   * ```ts
   * import { createClient, type SessionData } from "linxio-js"
   *
   * const resume = (saved: SessionData) => createClient({ token: saved.token, expireAt: saved.expireAt })
   * ```
   */
  readonly expireAt?: TokenTime | undefined
  /**
   * The time limit of each wait in a call: one attempt with its body, or a shared refresh. Milliseconds, 1 to 2147483647.
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
   * The time limit of a whole call: attempts, waits and refreshes together. Milliseconds, 1 to 2147483647.
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
   * The maximum size of a response body after decompression; a larger one is a `LinxioDecodeError`. Does not apply to streamed bodies. Bytes, 1 to 536870888.
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
   * The time limits of a token refresh.
   *
   * @default 10 seconds for one attempt, 20 seconds for all attempts together
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ refresh: { deadlineMs: 5_000 } }) // in Workers, where a request may end during a refresh
   * ```
   */
  readonly refresh?: RefreshOptions | undefined
  /**
   * The size of the retry budget: a retry spends one, a successful call restores one. At 0, calls are not retried. A whole number, 0 or more.
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
   * How long before the refresh token expires the change `sessionExpiring` is emitted, once for each value. Milliseconds, 0 to 2147483647.
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
   * Headers of every request, sign-in and refresh included. Headers of a call override them. `authorization`, `cookie`, and headers that belong to
   * a single request or to the connection, such as `content-type` and `host`, cannot be set here.
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
   * The function that sends the requests: for a proxy, a connection pool, or a test.
   *
   * @default `globalThis.fetch` at the time of each request. In Node, as long as `fetch` is not replaced and has no custom dispatcher, requests are
   * sent over `node:http`, which is faster; pass `fetch: globalThis.fetch` to always use `fetch`.
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
   * Returns the credentials for an automatic sign-in; may be async. The client signs in when no refresh can bring the session back, or when there is none:
   * once for all clients of a `store`, and at most once in 5 minutes. It stops after a refusal, until the credentials differ or somebody signs in, and
   * after a sign-out. An account with one-time codes is refused with the reason `CodeRequired`. The function is called for each sign-in and has 30
   * seconds; what it returns is not kept. If it throws, the call fails with a `LinxioValidationError`.
   *
   * @default no automatic sign-in
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({
   *   credentials: () => ({ email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" })
   * })
   * ```
   */
  readonly credentials?: (() => LoginPayload | Promise<LoginPayload>) | undefined
  /**
   * Refreshes shortly before the access token expires, also when nothing is called; one client of a `store` does it for all. It needs a session whose expiry is
   * known; one in a store is known after the first call. It does not keep the process alive, and ends with `close`.
   *
   * @default false
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ keepAlive: true })
   * await linxio.auth.login({ email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" })
   * ```
   */
  readonly keepAlive?: boolean | undefined
  /**
   * Receives session changes and the outcome of each call, without secrets.
   *
   * @default none, or standard error if the environment has `DEBUG=linxio`
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ logger: console })
   * ```
   */
  readonly logger?: Logger | undefined
}
