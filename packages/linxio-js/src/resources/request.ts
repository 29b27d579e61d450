/** `linxio.request`: turns plain arguments into a request, and the answer into its body. */
import * as Effect from "effect/Effect"
import * as EffectHeaders from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import { type HttpClientService, type LinxioResponse, withCallOptions } from "linxio-effect"
import { answeredBy, undecodable } from "linxio-effect/errors/words"
import { type LinxioDecodeError, type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { requestNames } from "../options/optionNames.ts"
import { callOptions, eitherOf, reading, readingPart, refusal } from "../options/read.ts"
import { encodedBody, headersOf, queryOf } from "./requestInput.ts"
import type { RequestOptions } from "../options.ts"

/** The call, and what aborts it. */
export interface Requested {
  readonly effect: Effect.Effect<unknown, LinxioFailure>
  readonly signal?: AbortSignal | undefined
}

export const request = (
  http: HttpClientService,
  method: string,
  path: string,
  given: RequestOptions | undefined
): Requested => {
  const requested = reading(() => {
    const options = callOptions(given, requestNames)
    return { effect: effectOf(http, requestOf(method, path, options), options), signal: options?.signal }
  })
  return requested instanceof LinxioValidationError ? { effect: Effect.fail(requested) } : requested
}

const effectOf = (
  http: HttpClientService,
  built: HttpClientRequest.HttpClientRequest,
  options: RequestOptions | undefined
): Effect.Effect<unknown, LinxioFailure> => {
  if (!options) return Effect.flatMap(http.execute(built), (response) => bodyOf(response, "json"))
  const { authenticate, deadlineMs, idempotent, responseType = "json", retry, skipAuth, timeoutMs } = options
  if (!responseTypes.includes(responseType)) throw refusal("responseType", `must be one of ${responseTypes.join(", ")}`)
  checkBooleans({ authenticate, idempotent, skipAuth })
  const signed = eitherOf("authenticate", authenticate, "skipAuth", skipAuth === undefined ? undefined : !skipAuth)
  const bodyAs = responseType === "arrayBuffer" ? "bytes" : "text"
  return withCallOptions({ authenticate: signed, bodyAs, deadlineMs, idempotent, retry, timeoutMs })(
    Effect.flatMap(http.execute(built), (response) => bodyOf(response, responseType))
  )
}

const responseTypes: ReadonlyArray<NonNullable<RequestOptions["responseType"]>> = ["json", "text", "arrayBuffer"]

/** What the engine would take for something else: `"false"` is true. */
const checkBooleans = (values: Readonly<Record<string, unknown>>): void => {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && typeof value !== "boolean") throw refusal(name, "must be true or false")
  }
}

const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const

const plainRequest = (verb: (typeof methods)[number], path: string): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.makeWith(verb, path, UrlParams.empty, Option.none(), acceptJson, HttpBody.empty)

const requestOf = (
  method: unknown,
  path: unknown,
  options: RequestOptions | undefined
): HttpClientRequest.HttpClientRequest => {
  const verb = methods.find((known) => typeof method === "string" && method.toUpperCase() === known)
  if (verb === undefined) throw refusal("method", `must be one of ${methods.join(", ")}`)
  if (typeof path !== "string" || path === "") throw refusal("path", "must be a path such as /vehicles/count")
  if (!options) return plainRequest(verb, path)
  const body = readingPart("body", () => encodedBody(options.body))
  if (body && (verb === "GET" || verb === "HEAD")) throw refusal("body", `cannot be sent with ${verb}`)
  const query = readingPart("query", () => queryOf(eitherOf("query", options.query, "params", options.params)))
  return HttpClientRequest.modify(plainRequest(verb, path), {
    ...(query.length > 0 && { urlParams: query }),
    headers: readingPart("headers", () => headersOf(options)),
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
