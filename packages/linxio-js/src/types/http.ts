/** The verbs of `linxio.request` as methods. */
import type { RequestOptions } from "../options.ts"
import type { SendRequest } from "./request.ts"

/**
 * `linxio.request` with the method as a name: each resolves to the body and rejects with a `LinxioError`. The type parameter is the caller's claim; it is
 * not checked. The body is an argument of `post`, `patch` and `put`.
 *
 * @example
 * ```ts
 * import type { HttpResource, LinxioClient } from "linxio-js"
 *
 * const http = (linxio: LinxioClient): HttpResource => linxio.http
 * const count = (linxio: LinxioClient) => linxio.http.get<{ count: number }>("/vehicles/count")
 * ```
 */
export interface HttpResource {
  /** Sends a GET request. */
  readonly get: <T = unknown>(path: string, options?: RequestOptions) => Promise<T>
  /** Sends a POST request; objects and arrays as JSON. Never retried unless `idempotent: true`. */
  readonly post: <T = unknown>(path: string, body?: unknown, options?: RequestOptions) => Promise<T>
  /** Sends a PATCH request; objects and arrays as JSON. Never retried unless `idempotent: true`. */
  readonly patch: <T = unknown>(path: string, body?: unknown, options?: RequestOptions) => Promise<T>
  /** Sends a PUT request; objects and arrays as JSON. */
  readonly put: <T = unknown>(path: string, body?: unknown, options?: RequestOptions) => Promise<T>
  /** Sends a DELETE request. */
  readonly delete: <T = unknown>(path: string, options?: RequestOptions) => Promise<T>
  /** The same as `linxio.request`. */
  readonly request: SendRequest
}
