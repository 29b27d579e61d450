/** What `createClient` takes. */
import type { StoredSession } from "linxio-effect/StoredSession"

/** ISO-8601 text, a `Date`, or milliseconds since the epoch; text without an offset is read as UTC. */
export type TokenTime = string | number | Date

/** How calls are retried. */
export interface RetryOptions {
  /** Retries after the first attempt, 0 or more. @default 3 */
  readonly retries?: number | undefined
  /** The longest wait before the first retry, in milliseconds; doubled for each further one, and a random share of it is taken. @default 300 */
  readonly delayMs?: number | undefined
  /** The longest wait before any retry, in milliseconds. @default 10000 */
  readonly maxDelayMs?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds. @default 60000 */
  readonly maxRetryAfterMs?: number | undefined
  /** Whether an attempt that ran into `timeoutMs` is made again. @default false */
  readonly onTimeout?: boolean | undefined
}

/** Where the session outlives the process. */
export interface SessionStore {
  /** The stored session; null or undefined where there is none. */
  load(): Promise<StoredSession | null | undefined> | StoredSession | null | undefined
  /**
   * Stores `next` if the stored refresh token is still `expectedPrevious`; answers false, and stores nothing, if
   * another process was faster. Any other answer means that it is stored.
   */
  save(next: StoredSession, expectedPrevious: string | undefined): unknown
  /** Removes the session if its refresh token is still `expectedPrevious`. */
  clear(expectedPrevious: string | undefined): unknown
  /** Runs `work` while no other process that uses this store runs its own. */
  lock?<A>(work: () => Promise<A>): Promise<A>
}

/** Any object with these methods; `console` is one. What it is given holds no secret. */
export interface Logger {
  debug(message: string, details?: unknown): void
  info(message: string, details?: unknown): void
  warn(message: string, details?: unknown): void
  error(message: string, details?: unknown): void
}

/** Everything is optional. */
export interface ClientOptions {
  /** @default the environment variable `LINXIO_BASE_URL`, else "https://api.linxio.com/api" */
  readonly baseUrl?: string | URL | undefined
  /** Allows plain http to a host other than loopback; tokens then travel in the clear. @default false */
  readonly allowInsecure?: boolean | undefined
  /** The access token of a session that was saved earlier. */
  readonly token?: string | undefined
  /** Its refresh token. */
  readonly refreshToken?: string | undefined
  /** When the access token expires; only needed where the token itself does not say. */
  readonly expireAt?: TokenTime | undefined
  /** Bounds each thing a call waits for: one attempt with its body, or a shared refresh. Milliseconds, 1 to 2147483647. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** Bounds the whole call: attempts, waits and refreshes together. Milliseconds, 1 to 2147483647. @default 120000 */
  readonly deadlineMs?: number | undefined
  readonly retry?: RetryOptions | undefined
  /** @default the runtime's own `fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** @default the session lives in this process only */
  readonly store?: SessionStore | undefined
  /** Is told what happens to the session. @default nobody is told */
  readonly logger?: Logger | undefined
}

/** What one call can set for itself; what it leaves out is the client's. */
export interface CallOptions {
  /** Aborts the call: it settles at once with a `LinxioAbortError` that carries the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
  readonly deadlineMs?: number | undefined
}

/** What `request` can be given. */
export interface RequestOptions extends CallOptions {
  /** Query parameters; an array repeats its key, which is written with `[]` as Linxio expects it. Dates become ISO-8601. */
  readonly query?: Readonly<Record<string, QueryValue | ReadonlyArray<QueryValue>>> | undefined
  /** Sent as JSON, unless it is a string, bytes, a `Blob`, `FormData`, `URLSearchParams` or a stream. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly retry?: RetryOptions | undefined
  /** Says of a POST or PATCH that doing it twice is the same as doing it once, so that it may be retried. @default false */
  readonly idempotent?: boolean | undefined
  /** False sends the request without a bearer token. @default true */
  readonly authenticate?: boolean | undefined
  /** What the body of the answer is read as. @default "json" */
  readonly responseType?: "json" | "text" | "arrayBuffer" | undefined
}

/** A value in a query. */
export type QueryValue = string | number | boolean | Date | null | undefined
