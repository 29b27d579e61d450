/**
 * Effect's own `HttpClient`, decorated: base URL, bearer token, time limits, retry, and on a refused token one
 * refresh and one replay. The interface is Effect's, so every combinator of `effect/http` and every
 * `HttpApiClient` works on it; the error channel is this SDK's.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { BufferedResponse } from "./exchange/BufferedResponse.ts"
import { makeAuthenticator, type Signature } from "./http/authenticator.ts"
import { type Call, deadlineOf, factsOf, nowOf, patience } from "./exchange/call.ts"
import { isLinxioRefusal, isOk, refusalOf } from "./exchange/refusal.ts"
import { makeRedirects } from "./http/redirects.ts"
import { nextDelay } from "./http/retry.ts"
import { makeRetryBudget } from "./http/retryBudget.ts"
import { startCall } from "./http/startCall.ts"
import { transportError } from "./exchange/transportError.ts"
import { unimplemented } from "./config/unimplemented.ts"
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
import type { SessionStore } from "./stores/SessionStore.ts"
import type { TokenRefresh } from "./TokenRefresh.ts"
import { Transport } from "./transport/Transport.ts"

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
  const perform = (request: HttpClientRequest.HttpClientRequest) =>
    Effect.withFiber<BufferedResponse, LinxioFailure>((fiber) => {
      const call = startCall(config, fiber.getRef(CurrentCallOptions), fiber.getRef(Clock.Clock), request)
      return call instanceof LinxioValidationError ? Effect.fail(call) : attempt(call)
    })

  const attempt = (call: Call): Effect.Effect<BufferedResponse, LinxioFailure> =>
    call.authenticated
      ? Effect.flatMapEager(authenticator.sign(call), (signature) => exchange(call, signature))
      : exchange(call, undefined)

  const exchange = (call: Call, signature: Signature | undefined): Effect.Effect<BufferedResponse, LinxioFailure> => {
    const now = nowOf(call)
    if (now >= deadlineOf(call)) return Effect.fail(deadlinePassed(call, now))
    const limitMs = patience(call, now)
    call.attempts++
    return Effect.flatMap(transport.exchange(signed(call, signature), limitMs, call.bodyAs), (outcome) => {
      if (outcome._tag !== "Answered") {
        const secrets = authenticator.secretsOf(call, signature)
        return again(call, transportError(call, outcome, limitMs, nowOf(call), secrets))
      }
      const response = new BufferedResponse(HttpClientRequest.setUrl(call.request, call.href), outcome)
      if (!isOk(response)) return refused(call, signature, response)
      if (signature) authenticator.accepted(signature)
      budget.earn()
      return Effect.succeed(response)
    })
  }

  /** What an answer outside 2xx leads to: the next hop, a fresh token, another attempt, or an error. */
  const refused = (
    call: Call,
    signature: Signature | undefined,
    response: BufferedResponse
  ): Effect.Effect<BufferedResponse, LinxioFailure> => {
    if (redirects.follow(call, response)) return attempt(call)
    const now = nowOf(call)
    // A 401 that a fresh token mends is never told, so it is only worded where it is.
    const refusal = () => refusalOf(call, response, now, authenticator.secretsOf(call, signature))
    if (response.status !== 401) {
      if (signature && isVerdictOfLinxio(response)) authenticator.accepted(signature)
      return again(call, refusal())
    }
    if (signature === undefined) return Effect.fail(refusal())
    // Fails itself where there is nothing to be gained by another attempt.
    return Effect.flatMap(authenticator.recover(call, signature, refusal), (recovered) =>
      recovered ? attempt(call) : Effect.fail(unauthenticated(refusal()))
    )
  }

  const again = (call: Call, failure: LinxioFailure): Effect.Effect<BufferedResponse, LinxioFailure> =>
    Effect.flatMap(nextDelay(call, failure, budget, nowOf(call)), (delay) =>
      Effect.flatMap(Effect.sleep(delay), () => attempt(call))
    )

  return EffectHttpClient.makeWith<never, never, LinxioFailure, never>(
    (request) => Effect.flatMapEager(request, perform),
    Effect.succeed
  )
})

/** The request as it goes out: where it goes, and with the token. */
const signed = ({ href, request }: Call, signature: Signature | undefined): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.makeWith(
    request.method,
    href,
    request.urlParams,
    request.hash,
    signature
      ? Headers.set(request.headers, "authorization", `Bearer ${Redacted.value(signature.token)}`)
      : request.headers,
    request.body
  )

/** A proxy, a rate limiter or a gateway that is out of order may not have looked at the token: its answer says nothing about it (I-6). */
const isVerdictOfLinxio = (response: BufferedResponse): boolean =>
  response.status < 500 && !retryableStatuses.includes(response.status) && isLinxioRefusal(response)

const deadlinePassed = (call: Call, now: number): LinxioTimeoutError =>
  new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: call.limits.deadlineMs, phase: "deadline" })

const unauthenticated = (response: ReturnType<typeof refusalOf>): LinxioAuthenticationError =>
  new LinxioAuthenticationError({ reason: "Unauthenticated", message: response.message, response })
