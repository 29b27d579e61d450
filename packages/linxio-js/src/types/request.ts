/** The type of `linxio.request`. */
import type { HttpMethod, RequestOptions, ResponseBodies } from "../options.ts"

/**
 * Sends any request below the base URL; resolves to the body, and rejects with a `LinxioError`.
 *
 * @example
 * ```ts
 * import type { LinxioClient, SendRequest } from "linxio-js"
 *
 * const send = (linxio: LinxioClient): SendRequest => linxio.request
 * ```
 */
export interface SendRequest {
  /** With a `responseType` other than `json`, that type decides the type of the result. */
  <Kind extends keyof ResponseBodies>(
    method: HttpMethod,
    path: string,
    options: RequestOptions & { readonly responseType: Kind }
  ): Promise<ResponseBodies[Kind]>
  /** JSON. The type parameter is the caller's claim; it is not checked. */
  <T = unknown>(method: HttpMethod, path: string, options?: RequestOptions): Promise<T>
}
