/** `linxio.http`: the verbs of `linxio.request` as methods, as users of `@ambulancewa/linxio-js` know them. */
import { LinxioValidationError } from "linxio-effect/LinxioError"
import { reading } from "../options/read.ts"
import type { RequestOptions } from "../options.ts"
import type { HttpResource, LinxioClient } from "../types.ts"

export const makeHttp = (request: LinxioClient["request"]): HttpResource => {
  const bare = (method: "GET" | "DELETE") => (path: string, options?: RequestOptions) => request(method, path, options)
  const withBody =
    (method: "POST" | "PATCH" | "PUT") =>
    (path: string, body?: unknown, options?: RequestOptions): Promise<unknown> => {
      const given = reading(() => (body === undefined ? options : { ...options, body }))
      return given instanceof LinxioValidationError ? Promise.reject(given) : request(method, path, given)
    }
  // A cast: the result type is the caller's claim.
  return {
    get: bare("GET"),
    post: withBody("POST"),
    patch: withBody("PATCH"),
    put: withBody("PUT"),
    delete: bare("DELETE"),
    request
  } as HttpResource
}
