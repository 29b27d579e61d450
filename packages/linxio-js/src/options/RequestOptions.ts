/** What `request` can be given. */
import type { QueryValue } from "linxio-effect/api/operation"
import type { HeadersInput } from "linxio-effect/config/headers"
import type { CallOptions } from "./CallOptions.ts"
import type { ResponseType } from "./ResponseBodies.ts"
import type { RetryOptions } from "./RetryOptions.ts"

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
  readonly query?: QueryParameters | undefined
  /** @deprecated Another name of `query`. */
  readonly params?: QueryParameters | undefined
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
   * Headers beside those of the SDK: an object, `Headers`, or a list of pairs. An `authorization` of your own, in any case, is sent as it is: the request carries no token of the session, and a 401
   * to it is a `LinxioApiError`, after which nothing is refreshed or repeated.
   *
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const options: RequestOptions = { headers: { "accept-language": "en-AU" } }
   * ```
   */
  readonly headers?: HeadersInput | undefined
  /**
   * Sent as the header `Idempotency-Key`, and nothing more: whether the call is retried is for `idempotent` to say.
   *
   * @default no such header
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const create: RequestOptions = { body: { regNo: "LNX-001" }, idempotencyKey: "order-17", idempotent: true }
   * ```
   */
  readonly idempotencyKey?: string | undefined
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
  /** @deprecated `skipAuth: true` is another name of `authenticate: false`. */
  readonly skipAuth?: boolean | undefined
  /**
   * What the body of the answer is read as. An empty body is `null` as JSON. `stream` and `raw` resolve as soon as the head has come, hold one chunk in
   * memory, and are bounded by `timeoutMs` from one chunk to the next in place of `deadlineMs` and `maxResponseBytes`. An answer outside 2xx is a
   * `LinxioApiError` all the same.
   *
   * @default "json"
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const pdf = (linxio: LinxioClient) => linxio.request("GET", "/reports/1", { responseType: "blob" })
   * ```
   */
  readonly responseType?: ResponseType | undefined
  /**
   * The most bytes that the answer may have, decompressed; a longer one is a `LinxioDecodeError`. Not of what is streamed. 1 to 536870888.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const history = (linxio: LinxioClient) => linxio.request("GET", "/devices/1/history", { maxResponseBytes: 200_000_000 })
   * ```
   */
  readonly maxResponseBytes?: number | undefined
}

/**
 * The methods that `request` sends; their case does not count.
 *
 * @example
 * ```ts
 * import type { HttpMethod } from "linxio-js"
 *
 * const methods: Array<HttpMethod> = ["GET", "post"]
 * ```
 */
export type HttpMethod = "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE" | (string & {})

/**
 * The parameters of a query, by their names. An object of any interface will do; a value that cannot be written is a `LinxioValidationError`.
 *
 * @example
 * ```ts
 * import type { QueryParameters } from "linxio-js"
 *
 * interface Page {
 *   readonly page: number
 *   readonly fields?: ReadonlyArray<string>
 * }
 * const first: Page = { page: 1, fields: ["id"] }
 * const query: QueryParameters = first
 * ```
 */
export type QueryParameters =
  | Readonly<Record<string, QueryValue | ReadonlyArray<QueryValue>>>
  // An interface has no index signature, so that it fits no record; a list is no query.
  | (object & { readonly [Symbol.iterator]?: never })
