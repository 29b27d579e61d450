/** `linxio.request`: turns plain arguments into a request, and the answer into its body. */
import * as Effect from "effect/Effect"
import * as EffectHeaders from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import { type HttpClientService, withCallOptions } from "linxio-effect"
import { LinxioDecodeError, type LinxioError, LinxioValidationError } from "linxio-effect/LinxioError"
import { requestNames, unknownIn } from "../internal/optionNames.ts"
import type { QueryValue, RequestOptions } from "../options.ts"

export const request = (
  http: HttpClientService,
  method: string,
  path: string,
  given?: RequestOptions
): Effect.Effect<unknown, LinxioError> => {
  const unknown = given && unknownIn(given, requestNames)
  if (unknown) return Effect.fail(unknown)
  const options = given ?? noOptions
  const { authenticate, deadlineMs, idempotent, responseType = "json", retry, timeoutMs } = options
  const built = requestOf(method, path, options)
  if (built instanceof LinxioValidationError) return Effect.fail(built)
  if (!responseTypes.includes(responseType)) {
    return Effect.fail(refusal("responseType", `must be one of ${responseTypes.join(", ")}`))
  }
  const body = Effect.flatMap(http.execute(built), (response) => bodyOf(response, built, responseType))
  if (given === undefined) return body
  const bodyAs = responseType === "arrayBuffer" ? "bytes" : "text"
  return withCallOptions({ authenticate, bodyAs, deadlineMs, idempotent, retry, timeoutMs })(body)
}

const noOptions: RequestOptions = {}

const responseTypes: ReadonlyArray<unknown> = ["json", "text", "arrayBuffer"]

const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const

const requestOf = (
  method: unknown,
  path: unknown,
  options: RequestOptions
): HttpClientRequest.HttpClientRequest | LinxioValidationError => {
  const verb = methods.find((known) => typeof method === "string" && method.toUpperCase() === known)
  if (verb === undefined) return refusal("method", `must be one of ${methods.join(", ")}`)
  if (typeof path !== "string" || path === "") return refusal("path", "must be a path such as /vehicles/count")
  const body = encoded(options.body)
  if (body instanceof LinxioValidationError) return body
  if (body && (verb === "GET" || verb === "HEAD")) return refusal("body", `cannot be sent with ${verb}`)
  const query = queryOf(options.query)
  if (query instanceof LinxioValidationError) return query
  if (!areHeaders(options.headers)) return refusal("headers", "hold a name or a value that HTTP does not allow")
  const plain = HttpClientRequest.makeWith(verb, path, UrlParams.empty, Option.none(), acceptJson, HttpBody.empty)
  if (options === noOptions) return plain
  return HttpClientRequest.modify(plain, {
    ...(query.length > 0 && { urlParams: query }),
    ...(options.headers && { headers: options.headers }),
    ...(body && { body })
  })
}

const acceptJson = EffectHeaders.fromInput({ accept: "application/json" })

const refusal = (field: string, issue: string) => new LinxioValidationError([{ field, issue }])

/** Asked of the runtime before anything is sent: a transport that refuses a header would look like a network that failed. */
const areHeaders = (headers: RequestOptions["headers"]): boolean => {
  if (headers === undefined) return true
  try {
    return new Headers(headers) instanceof Headers
  } catch {
    return false
  }
}

/** `{ fields: ["id", "regNo"] }` becomes `fields[]=id&fields[]=regNo` (source: public linxio-js documentation). */
const queryOf = (query: RequestOptions["query"]): ReadonlyArray<readonly [string, string]> | LinxioValidationError => {
  if (query === undefined) return []
  try {
    return Object.entries(query ?? {}).flatMap(([key, value]): Array<readonly [string, string]> =>
      Array.isArray(value)
        ? value.flatMap((item) => parameter(key.endsWith("[]") ? key : `${key}[]`, item))
        : parameter(key, value as QueryValue)
    )
  } catch {
    return refusal("query", "holds a value that cannot be written, such as an invalid date")
  }
}

const parameter = (key: string, value: QueryValue): Array<readonly [string, string]> =>
  value === null || value === undefined ? [] : [[key, value instanceof Date ? value.toISOString() : String(value)]]

const encoded = (body: unknown): HttpBody.HttpBody | LinxioValidationError | undefined => {
  if (body === undefined) return undefined
  if (typeof body === "string") return HttpBody.text(body)
  if (body instanceof Uint8Array) return HttpBody.uint8Array(body)
  if (body instanceof FormData) return HttpBody.formData(body)
  if (isSentAsItIs(body)) return HttpBody.raw(body)
  try {
    return HttpBody.jsonUnsafe(body)
  } catch {
    return refusal("body", "cannot be written as JSON")
  }
}

const isSentAsItIs = (body: unknown): boolean =>
  body instanceof Blob ||
  body instanceof ArrayBuffer ||
  body instanceof URLSearchParams ||
  body instanceof ReadableStream

const bodyOf = (
  response: HttpClientResponse,
  request: HttpClientRequest.HttpClientRequest,
  responseType: NonNullable<RequestOptions["responseType"]>
): Effect.Effect<unknown, LinxioDecodeError> => {
  const unreadable = () => undecodable(response, request, "the body cannot be read")
  if (responseType === "arrayBuffer") return Effect.mapErrorEager(response.arrayBuffer, unreadable)
  const text = Effect.mapErrorEager(response.text, unreadable)
  return responseType === "text" ? text : Effect.flatMapEager(text, (json) => parsed(json, response, request))
}

const parsed = (
  text: string,
  response: HttpClientResponse,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<unknown, LinxioDecodeError> => {
  if (text === "") return Effect.succeed(null)
  try {
    return Effect.succeed(JSON.parse(text))
  } catch {
    const issue = 'the body is not JSON; ask for it with responseType: "text" if that is right'
    return Effect.fail(undecodable(response, request, issue))
  }
}

const undecodable = (
  { status }: HttpClientResponse,
  { method, url }: HttpClientRequest.HttpClientRequest,
  issue: string
): LinxioDecodeError => new LinxioDecodeError({ method, path: url.split("?")[0] ?? url, status, issue })
