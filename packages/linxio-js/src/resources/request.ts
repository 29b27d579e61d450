/** `linxio.request`: turns plain arguments into a request, and the answer into its body. */
import * as Effect from "effect/Effect"
import * as EffectHeaders from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import { type HttpClientService, type LinxioResponse, withCallOptions } from "linxio-effect"
import { answeredBy, undecodable } from "linxio-effect/errors/words"
import { type LinxioDecodeError, type LinxioError, LinxioValidationError } from "linxio-effect/LinxioError"
import { requestNames, unknownIn } from "../options/optionNames.ts"
import { encodedBody, headersOf, queryOf, refusal } from "./requestInput.ts"
import type { RequestOptions } from "../options.ts"

export const request = (
  http: HttpClientService,
  method: string,
  path: string,
  given?: RequestOptions
): Effect.Effect<unknown, LinxioError> => {
  const unusable = given && (unknownIn(given, requestNames) ?? unusableIn(given))
  if (unusable) return Effect.fail(unusable)
  const built = requestOf(method, path, given)
  if (built instanceof LinxioValidationError) return Effect.fail(built)
  const { authenticate, deadlineMs, idempotent, responseType = "json", retry, timeoutMs } = given ?? {}
  const body = Effect.flatMap(http.execute(built), (response) => bodyOf(response, responseType))
  if (!given) return body
  const bodyAs = responseType === "arrayBuffer" ? "bytes" : "text"
  return withCallOptions({ authenticate, bodyAs, deadlineMs, idempotent, retry, timeoutMs })(body)
}

const responseTypes: ReadonlyArray<unknown> = ["json", "text", "arrayBuffer", undefined]

/** What the engine would take for something else: `"false"` is true. */
const unusableIn = ({ authenticate, idempotent, responseType }: RequestOptions): LinxioValidationError | undefined => {
  if (!responseTypes.includes(responseType)) return refusal("responseType", "must be json, text or arrayBuffer")
  for (const [name, value] of Object.entries({ authenticate, idempotent })) {
    if (value !== undefined && typeof value !== "boolean") return refusal(name, "must be true or false")
  }
  return undefined
}

const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const

const plainRequest = (verb: (typeof methods)[number], path: string): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.makeWith(verb, path, UrlParams.empty, Option.none(), acceptJson, HttpBody.empty)

const requestOf = (
  method: unknown,
  path: unknown,
  options: RequestOptions | null | undefined
): HttpClientRequest.HttpClientRequest | LinxioValidationError => {
  const verb = methods.find((known) => typeof method === "string" && method.toUpperCase() === known)
  if (verb === undefined) return refusal("method", `must be one of ${methods.join(", ")}`)
  if (typeof path !== "string" || path === "") return refusal("path", "must be a path such as /vehicles/count")
  if (!options) return plainRequest(verb, path)
  const body = encodedBody(options.body)
  if (body instanceof LinxioValidationError) return body
  if (body && (verb === "GET" || verb === "HEAD")) return refusal("body", `cannot be sent with ${verb}`)
  const query = queryOf(options.query)
  if (query instanceof LinxioValidationError) return query
  const headers = headersOf(options.headers)
  if (headers instanceof LinxioValidationError) return headers
  return HttpClientRequest.modify(plainRequest(verb, path), {
    ...(query.length > 0 && { urlParams: query }),
    headers,
    ...(body && { body })
  })
}

const acceptJson = EffectHeaders.fromInput({ accept: "application/json" })

const bodyOf = (
  response: LinxioResponse,
  responseType: NonNullable<RequestOptions["responseType"]>
): Effect.Effect<unknown, LinxioDecodeError> => {
  if (responseType === "arrayBuffer") return response.arrayBuffer
  return responseType === "text" ? response.text : Effect.flatMapEager(response.text, (json) => parsed(json, response))
}

const parsed = (text: string, response: LinxioResponse): Effect.Effect<unknown, LinxioDecodeError> => {
  if (text === "") return Effect.succeed(null)
  try {
    return Effect.succeed(JSON.parse(text))
  } catch {
    const issue = 'the body is not JSON; ask for it with responseType: "text" if that is right'
    return Effect.fail(undecodable(answeredBy(response), issue))
  }
}
