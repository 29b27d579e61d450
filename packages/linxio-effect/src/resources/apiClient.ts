/** A typed client of endpoints of one's own, on this SDK's `HttpClient`. Not for the corridor: `effect/http-api` is heavy. */
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
 * Derives a client from an API of one's own. It signs, renews and retries as every call does, and an error that an endpoint declares is what its method
 * fails with (F-19). Whatever else Linxio refuses stays the `LinxioApiError` that it is.
 *
 * `HttpApiClient.makeWith` over the `HttpClient` of this SDK would promise the declared errors in its types and never give them: that client
 * fails on every answer outside 2xx before it is decoded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { apiClient } from "linxio-effect/resources/apiClient"
 * import { LinxioApi } from "linxio-effect/LinxioApi"
 *
 * const vehicle = Effect.flatMap(apiClient(LinxioApi), ({ vehicles }) => vehicles.getVehicle({ params: { vehicleId: "1" } }))
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

/** The client with a refusal of Linxio as an answer, so that its body is decoded. What was kept of the body holds no secret. */
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

/** The answer that a failure is about, unless it is not about the answer to this very request. */
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

/** What an endpoint does not declare is no answer of its own: the failure is told as it was. */
const undeclared = (cause: Cause.Cause<unknown>, failures: Failures): Cause.Cause<unknown> => {
  for (const { error } of cause.reasons.filter(Cause.isFailReason)) {
    const response = error instanceof HttpClientError.HttpClientError ? error.response : undefined
    const failure = response && failures.get(response)
    if (failure) return Cause.fail(failure)
  }
  return cause
}
