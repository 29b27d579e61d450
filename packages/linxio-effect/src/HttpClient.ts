/**
 * Effect's own `HttpClient`, decorated: base URL, bearer token, time limits, retry, and on a refused token one
 * refresh and one replay. The interface is Effect's, so every combinator of `effect/http` and every
 * `HttpApiClient` works on it; the error channel is this SDK's.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import { BufferedResponse } from "./internal/BufferedResponse.ts"
import { makeAuthenticator, type Signature } from "./internal/authenticator.ts"
import { type Call, factsOf, patience } from "./internal/call.ts"
import { isLinxioRefusal, isOk, refusalOf } from "./internal/refusal.ts"
import { makeRedirects } from "./internal/redirects.ts"
import { nextDelay } from "./internal/retry.ts"
import { makeRetryBudget } from "./internal/retryBudget.ts"
import { type Started, startCall } from "./internal/startCall.ts"
import { transportError } from "./internal/transportError.ts"
import { unimplemented } from "./internal/unimplemented.ts"
import { CurrentCallOptions } from "./CallOptions.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import {
  LinxioAuthenticationError,
  type LinxioFailure,
  LinxioTimeoutError,
  LinxioValidationError
} from "./LinxioError.ts"
import { retryableStatuses } from "./RetryPolicy.ts"
import type { Session } from "./Session.ts"
import type { SessionStore } from "./SessionStore.ts"
import type { TokenRefresh } from "./TokenRefresh.ts"
import { Transport } from "./Transport.ts"

/** Effect's interface with this SDK's errors. */
export type HttpClientService = EffectHttpClient.HttpClient.With<LinxioFailure>

/**
 * The authenticated HTTP client.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { HttpClient } from "linxio-effect"
 *
 * const count = HttpClient.use((http) => Effect.flatMap(http.get("/vehicles/count"), (response) => response.json))
 * ```
 */
export class HttpClient extends Context.Service<HttpClient, HttpClientService>()("linxio-effect/HttpClient") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<
    HttpClient,
    never,
    LinxioConfig | Session | SessionStore | TokenRefresh | Transport
  > => Layer.effect(HttpClient, make)

  /** For tests: what is left out dies with a message that names it. */
  static readonly layerTest = (partial: Partial<HttpClientService>): Layer.Layer<HttpClient> =>
    Layer.succeed(HttpClient, unimplemented<HttpClientService>("HttpClient", partial))
}

const make = Effect.gen(function* () {
  const transport = yield* Transport
  const config = yield* LinxioConfig
  const authenticator = yield* makeAuthenticator
  const budget = makeRetryBudget(config.retryBudget)
  const redirects = makeRedirects(config.baseUrl)

  /** One call from start to end: sign, send, and while it is worth it again. */
  const perform = (given: HttpClientRequest.HttpClientRequest) =>
    Effect.withFiber<BufferedResponse, LinxioFailure>((fiber) => {
      const now = fiber.getRef(Clock.Clock).currentTimeMillisUnsafe()
      const started = startCall(config, fiber.getRef(CurrentCallOptions), now, given)
      return started instanceof LinxioValidationError ? Effect.fail(started) : attempt(started, started.request)
    })

  const attempt = (
    started: Started,
    request: HttpClientRequest.HttpClientRequest
  ): Effect.Effect<BufferedResponse, LinxioFailure> =>
    started.authenticated
      ? Effect.flatMap(authenticator.sign(started.call), (signature) => exchange(started, request, signature))
      : exchange(started, request, undefined)

  const exchange = (
    started: Started,
    request: HttpClientRequest.HttpClientRequest,
    signature: Signature | undefined
  ): Effect.Effect<BufferedResponse, LinxioFailure> =>
    Effect.clockWith((clock) => {
      const { call } = started
      const now = clock.currentTimeMillisUnsafe()
      if (now >= call.deadlineAt) return Effect.fail(deadlinePassed(call, now))
      const limitMs = patience(call, now)
      call.attempts++
      const signed = signature ? HttpClientRequest.bearerToken(request, signature.token) : request
      return Effect.matchEffect(transport.exchange(signed, limitMs, call.bodyAs), {
        onFailure: (failure) => {
          const secrets = authenticator.secretsOf(call, signature)
          return again(
            started,
            request,
            transportError(call, failure, limitMs, clock.currentTimeMillisUnsafe(), secrets)
          )
        },
        onSuccess: (answer) => {
          const response = new BufferedResponse(request, answer)
          if (!isOk(response)) return refused(started, request, signature, response)
          if (signature) authenticator.accepted(signature)
          budget.earn()
          return Effect.succeed(response)
        }
      })
    })

  /** What an answer outside 2xx leads to: the next hop, a fresh token, another attempt, or an error. */
  const refused = (
    started: Started,
    request: HttpClientRequest.HttpClientRequest,
    signature: Signature | undefined,
    response: BufferedResponse
  ): Effect.Effect<BufferedResponse, LinxioFailure> =>
    Effect.clockWith((clock) => {
      const { call } = started
      const next = redirects.follow(call, request, response)
      if (next) return attempt(started, next)
      const refusal = refusalOf(
        call,
        response,
        clock.currentTimeMillisUnsafe(),
        authenticator.secretsOf(call, signature)
      )
      if (response.status === 401) {
        if (signature === undefined) return Effect.fail(refusal)
        // Fails itself where there is nothing to be gained by another attempt.
        return Effect.flatMap(authenticator.recover(call, signature, refusal), (recovered) =>
          recovered ? attempt(started, request) : Effect.fail(unauthenticated(refusal))
        )
      }
      if (signature && isVerdictOfLinxio(response)) authenticator.accepted(signature)
      return again(started, request, refusal)
    })

  const again = (
    started: Started,
    request: HttpClientRequest.HttpClientRequest,
    failure: LinxioFailure
  ): Effect.Effect<BufferedResponse, LinxioFailure> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.flatMap(nextDelay(started.call, failure, budget, now), (delay) =>
        Effect.andThen(Effect.sleep(delay), attempt(started, request))
      )
    )

  return EffectHttpClient.makeWith<never, never, LinxioFailure, never>(
    (request) => Effect.flatMap(request, perform),
    Effect.succeed
  )
})

/** A proxy, a rate limiter or a gateway that is out of order may not have looked at the token: its answer says nothing about it (I-6). */
const isVerdictOfLinxio = (response: BufferedResponse): boolean =>
  response.status < 500 && !retryableStatuses.includes(response.status) && isLinxioRefusal(response)

const deadlinePassed = (call: Call, now: number): LinxioTimeoutError =>
  new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: call.deadlineMs, phase: "deadline" })

const unauthenticated = (response: ReturnType<typeof refusalOf>): LinxioAuthenticationError =>
  new LinxioAuthenticationError({ reason: "Unauthenticated", message: response.message, response })
