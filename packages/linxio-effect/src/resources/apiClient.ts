/** A typed client of the user's own endpoints, on this SDK's `HttpClient`. The SDK does not use it itself, because `effect/http-api` is large. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import type * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import type { EffectsClient } from "../http/HttpClientService.ts"
import { HttpClient } from "../HttpClient.ts"
import type { LinxioFailure } from "../LinxioError.ts"

/**
 * Derives a client from your own API. Its calls are signed, refreshed and retried as all calls. A method fails with the errors that its endpoint
 * declares; any other refusal of Linxio is a `LinxioApiError`.
 *
 * Do not use `HttpApiClient.makeWith` over the `HttpClient` of this SDK: that client fails on every status outside 2xx before the body is decoded, so the
 * declared errors would be in the types but never occur.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { apiClient } from "linxio-effect/resources/apiClient"
 * import { LinxioApi } from "linxio-effect/LinxioApi"
 *
 * const vehicle = Effect.flatMap(apiClient(LinxioApi), ({ vehicles }) => vehicles.get({ params: { vehicleId: "1" } }))
 * ```
 */
export const apiClient = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): Effect.Effect<
  HttpApiClient.Client<Groups, LinxioFailure>,
  never,
  HttpClient | HttpApiGroup.MiddlewareClient<Groups>
> =>
  Effect.flatMap(HttpClient, (http) => {
    const failures = new WeakMap<HttpClientResponse.HttpClientResponse, LinxioFailure>()
    return HttpApiClient.makeWith(api, {
      httpClient: answering(http, failures),
      transformResponse: Effect.catchCause((cause) => Effect.failCause(undeclared(cause, failures)))
    })
  })

type Failures = WeakMap<HttpClientResponse.HttpClientResponse, LinxioFailure>

/** The client with refusals of Linxio as responses, so that their bodies are decoded. The scrubbed body contains no secret. */
const answering = (http: EffectsClient, failures: Failures): EffectsClient =>
  EffectHttpClient.makeWith<never, never, LinxioFailure, never>(
    (request) =>
      Effect.flatMap(request, (sent) =>
        Effect.catch(http.execute(sent), (failure) => {
          const response = answerOf(sent, failure)
          if (response === undefined) return Effect.fail(failure)
          failures.set(response, failure)
          return Effect.succeed(response)
        })
      ),
    Effect.succeed
  )

/** The response that caused a failure; undefined if the failure has none, or one to another request. */
const answerOf = (
  request: HttpClientRequest,
  failure: LinxioFailure
): HttpClientResponse.HttpClientResponse | undefined => {
  if (
    failure._tag !== "LinxioApiError" &&
    !(failure._tag === "LinxioAuthenticationError" && failure.reason === "Unauthenticated")
  )
    return undefined
  const { body, status = 0 } = failure
  if (status < 400) return undefined
  const isText = typeof body === "string" || body === undefined
  return HttpClientResponse.fromWeb(
    request,
    new Response(isText ? body : JSON.stringify(body), {
      status,
      headers: { "content-type": isText ? "text/plain" : "application/json" }
    })
  )
}

/** A refusal that the endpoint does not declare fails with the original error. */
const undeclared = (cause: Cause.Cause<unknown>, failures: Failures): Cause.Cause<unknown> => {
  for (const { error } of cause.reasons.filter(Cause.isFailReason)) {
    const response = error instanceof HttpClientError.HttpClientError ? error.response : undefined
    const failure = response && failures.get(response)
    if (failure) return Cause.fail(failure)
  }
  return cause
}
