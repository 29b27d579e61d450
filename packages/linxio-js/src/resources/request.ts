/** `linxio.request`: builds a request from plain arguments, and returns the body of the response. */
import * as Effect from "effect/Effect"
import * as EffectHeaders from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import { type HttpClientService, withCallOptions } from "linxio-effect"
import { type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { requestNames } from "../options/optionNames.ts"
import { callOptions, eitherOf, reading, readingPart, refusal } from "../options/read.ts"
import { encodedBody, headersOf } from "./requestInput.ts"
import { bodyAs, bodyOf } from "./responseBody.ts"
import { parametersOf } from "linxio-effect/resources/query"
import type { RequestOptions } from "../options.ts"
import type { Runner } from "../run.ts"

/** The call and its abort signal. */
export interface Requested {
  readonly effect: Effect.Effect<unknown, LinxioFailure>
  readonly signal?: AbortSignal | undefined
}

export const request = (
  http: HttpClientService,
  method: string,
  path: string,
  given: RequestOptions | undefined,
  runner: Runner
): Requested => {
  const requested = reading(() => {
    const options = callOptions(given, requestNames)
    return { effect: effectOf(http, requestOf(method, path, options), options, runner), signal: options?.signal }
  })
  return requested instanceof LinxioValidationError ? { effect: Effect.fail(requested) } : requested
}

const effectOf = (
  http: HttpClientService,
  built: HttpClientRequest.HttpClientRequest,
  options: RequestOptions | undefined,
  runner: Runner
): Effect.Effect<unknown, LinxioFailure> => {
  if (!options) return Effect.flatMap(http.execute(built), (response) => bodyOf(response, "json", runner))
  const { authenticate, deadlineMs, idempotent, responseType = "json", retry, signal, skipAuth, timeoutMs } = options
  if (!Object.hasOwn(bodyAs, responseType))
    throw refusal("responseType", `must be one of ${Object.keys(bodyAs).join(", ")}`)
  checkBooleans({ authenticate, idempotent, skipAuth })
  const signed = eitherOf("authenticate", authenticate, "skipAuth", skipAuth === undefined ? undefined : !skipAuth)
  return withCallOptions({
    authenticate: signed,
    bodyAs: bodyAs[responseType],
    deadlineMs,
    idempotent,
    maxResponseBytes: options.maxResponseBytes,
    onProgress: options.onProgress,
    retry,
    timeoutMs
  })(Effect.flatMap(http.execute(built), (response) => bodyOf(response, responseType, runner, signal)))
}

/** Checks booleans: the engine would treat `"false"` as true. */
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
  if (body._tag !== "Empty" && (verb === "GET" || verb === "HEAD")) throw refusal("body", `cannot be sent with ${verb}`)
  const query = readingPart("query", () => parametersOf(eitherOf("query", options.query, "params", options.params)))
  const given = readingPart("headers", () => headersOf(options))
  // The caller's headers override the default headers of the body.
  const contentType = "contentType" in body ? body.contentType : undefined
  const headers = EffectHeaders.fromInput({ accept, ...(contentType && { "content-type": contentType }), ...given })
  return HttpClientRequest.makeWith(verb, path, UrlParams.make(query), Option.none(), headers, body)
}

const accept = "application/json"
const acceptJson = EffectHeaders.fromInput({ accept })
