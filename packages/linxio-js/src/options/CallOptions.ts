/** What one call can be given. */
import type { RetryOptions } from "./RetryOptions.ts"

/**
 * What every call can set for itself; what it leaves out is the client's. An option that does not exist is a `LinxioValidationError` that names it.
 *
 * @example
 * ```ts
 * import { createClient, type CallOptions } from "linxio-js"
 *
 * const quick: CallOptions = { timeoutMs: 2_000, deadlineMs: 5_000 }
 * const { error } = await createClient().auth.me(quick)
 * console.log(error?.name) // => LinxioAuthenticationError
 * ```
 */
export interface CallOptions {
  /**
   * Aborts the call: it settles at once with a `LinxioAbortError` that carries the signal's reason.
   *
   * @default nothing aborts it
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { error } = await createClient().auth.me({ signal: AbortSignal.abort("too late") })
   * console.log(error?.name) // => LinxioAbortError
   * ```
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Bounds each thing this call waits for. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const report = (linxio: LinxioClient) => linxio.request("GET", "/reports/fuel", { timeoutMs: 90_000 })
   * ```
   */
  readonly timeoutMs?: number | undefined
  /**
   * Bounds this call as a whole. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const quickly = (linxio: LinxioClient) => linxio.request("GET", "/vehicles/count", { deadlineMs: 3_000 })
   * ```
   */
  readonly deadlineMs?: number | undefined
}

/**
 * What `request` can be given.
 *
 * @example
 * ```ts
 * import type { RequestOptions } from "linxio-js"
 *
 * const page: RequestOptions = { query: { page: 2, limit: 100 }, timeoutMs: 10_000 }
 * ```
 */
export interface RequestOptions extends CallOptions {
  /**
   * Query parameters; an array repeats its key, which is written with `[]` as Linxio expects it. Dates become ISO-8601; null and undefined are left out.
   *
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const options: RequestOptions = { query: { fields: ["id", "regNo"], dateFrom: new Date(0) } } // ?fields[]=id&fields[]=regNo&dateFrom=1970-…
   * ```
   */
  readonly query?: Readonly<Record<string, QueryValue | ReadonlyArray<QueryValue>>> | undefined
  /**
   * Sent as JSON, unless it is a string, bytes, a `Blob`, `FormData`, `URLSearchParams` or a stream. A stream is sent once, whatever happens.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const create = (linxio: LinxioClient) => linxio.request("POST", "/vehicles", { body: { regNo: "LNX-001" } })
   * ```
   */
  readonly body?: unknown
  /**
   * Headers beside those of the SDK. An `authorization` of your own, in any case, is sent as it is: the request carries no token of the session, and a 401
   * to it is a `LinxioApiError`, after which nothing is refreshed or repeated.
   *
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const options: RequestOptions = { headers: { "accept-language": "en-AU" } }
   * ```
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * How this call is retried; what it leaves out is the client's.
   *
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const once: RequestOptions = { retry: { retries: 0 } }
   * ```
   */
  readonly retry?: RetryOptions | undefined
  /**
   * Says of a POST or PATCH that doing it twice is the same as doing it once, so that it may be retried.
   *
   * @default true for GET, HEAD, OPTIONS, PUT and DELETE, else false
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const rename: RequestOptions = { body: { defaultLabel: "NW201" }, idempotent: true }
   * ```
   */
  readonly idempotent?: boolean | undefined
  /**
   * False sends the request without a bearer token.
   *
   * @default true
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const status = (linxio: LinxioClient) => linxio.request("GET", "/status", { authenticate: false })
   * ```
   */
  readonly authenticate?: boolean | undefined
  /**
   * What the body of the answer is read as. An empty body is `null` as JSON.
   *
   * @default "json"
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const pdf = (linxio: LinxioClient) => linxio.request<ArrayBuffer>("GET", "/reports/1", { responseType: "arrayBuffer" })
   * ```
   */
  readonly responseType?: "json" | "text" | "arrayBuffer" | undefined
}

/**
 * A value in a query; null and undefined are left out.
 *
 * @example
 * ```ts
 * import type { QueryValue } from "linxio-js"
 *
 * const values: Array<QueryValue> = ["text", 1, true, new Date(0), undefined]
 * ```
 */
export type QueryValue = string | number | boolean | Date | null | undefined
