/** What `request` can be given. */
import type { QueryValue } from "linxio-effect/api/operation"
import type { HeadersInput } from "linxio-effect/config/headers"
import type { FileOptions } from "./CallOptions.ts"
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
export interface RequestOptions extends FileOptions {
  /**
   * Query parameters. An array repeats its key with the suffix `[]`, as Linxio expects it. Dates become ISO-8601. Null and undefined are left out.
   *
   * @default none
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
   * The body. Sent as JSON, unless it is a string, bytes, a `Blob`, `FormData`, `URLSearchParams` or a stream. A request with a stream is never repeated.
   *
   * @default none
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const create = (linxio: LinxioClient) => linxio.request("POST", "/vehicles", { body: { regNo: "LNX-001" } })
   * ```
   */
  readonly body?: unknown
  /**
   * Additional headers: an object, `Headers`, or a list of pairs. An `authorization` header (upper or lower case) replaces the token of the session.
   * A 401 to such a request is a `LinxioApiError`; it causes no refresh and no repetition.
   *
   * @default none
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const options: RequestOptions = { headers: { "accept-language": "en-AU" } }
   * ```
   */
  readonly headers?: HeadersInput | undefined
  /**
   * Sent as the header `Idempotency-Key`. Does not change whether the call is retried; `idempotent` does.
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
   * How this call is retried. An option that is left out has the client's value.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { RequestOptions } from "linxio-js"
   *
   * const once: RequestOptions = { retry: { retries: 0 } }
   * ```
   */
  readonly retry?: RetryOptions | undefined
  /**
   * True says that sending this POST or PATCH twice has the same effect as sending it once, so that it may be retried.
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
   * How to read the response body. As JSON, an empty body is `null`. `stream` and `raw` resolve when the response head has arrived and keep one chunk in
   * memory. Instead of `deadlineMs` and `maxResponseBytes`, `timeoutMs` limits the time between two chunks. With every type, a status outside 2xx is a
   * `LinxioApiError`.
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
   * The maximum size of the response body after decompression; a larger one is a `LinxioDecodeError`. Does not apply to streamed bodies. Bytes, 1 to 536870888.
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
 * The HTTP methods that `request` accepts, in upper or lower case.
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
 * Query parameters by name: an object of any interface. A value that cannot be written in a query is a `LinxioValidationError`.
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
  // An interface has no index signature, so it is not assignable to a record. Arrays are excluded.
  | (object & { readonly [Symbol.iterator]?: never })
