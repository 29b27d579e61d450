/**
 * Effect's `HttpClient` with base URL, bearer token, time limits, retries, and one refresh and one replay after a rejected token. Effect's combinators
 * for requests and responses apply, and an `HttpApiClient` can be made over it. The errors are this SDK's: a status outside 2xx is already an error,
 * so combinators for Effect's own errors (`retryTransient`, `filterStatus`, `followRedirects`) have no effect.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { BufferedResponse, isIncoming } from "./exchange/BufferedResponse.ts"
import { makeAuthenticator, type Signature } from "./http/authenticator.ts"
import { type Call, factsOf, failed, isReplayable, longestWaitMs, withBlobText } from "./exchange/call.ts"
import { isLinxioRefusal, isOk, refusalOf } from "./exchange/refusal.ts"
import { streamedResponse } from "./exchange/StreamedResponse.ts"
import { send } from "./exchange/send.ts"
import { type HttpClientDouble, makeDouble } from "./http/double.ts"
import { type HttpClientService, makeService } from "./http/HttpClientService.ts"
import { follow } from "./http/redirects.ts"
import { type Retries, withRetries } from "./exchange/retry.ts"
import { makeRetryBudget } from "./exchange/retryBudget.ts"
import { startCall } from "./http/startCall.ts"
import { transportError } from "./exchange/transportError.ts"
import { CallObserver } from "./CallObserver.ts"
import { CurrentCallOptions } from "./CallOptions.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import { timedOut, unauthenticated } from "./errors/words.ts"
import { type LinxioFailure, LinxioValidationError } from "./LinxioError.ts"
import * as RetryPolicy from "./RetryPolicy.ts"
import type { Session } from "./Session.ts"
import type { SharedSession } from "./refresh/SharedSession.ts"
import type { TokenRefresh } from "./TokenRefresh.ts"
import { Transport } from "./transport/Transport.ts"

export type { HttpClientDouble } from "./http/double.ts"
export { streamedBodyOf } from "./exchange/StreamedResponse.ts"
export type { StreamedBody } from "./exchange/StreamedBody.ts"
export type { EffectsClient, HttpClientService } from "./http/HttpClientService.ts"

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
    LinxioConfig | Session | SharedSession | TokenRefresh | Transport
  > => Layer.effect(HttpClient, make)

  /**
   * For tests: a complete client, with every method and combinator, made from one function that answers all requests.
   *
   * @example
   * ```ts
   * import * as Effect from "effect/Effect"
   * import { HttpClient } from "linxio-effect"
   *
   * const layer = HttpClient.layerTest({ execute: () => Effect.succeed(Response.json({ count: 3 })) })
   * const count = HttpClient.use((http) => Effect.flatMap(http.get("/vehicles/count"), (response) => response.json))
   * console.log(await Effect.runPromise(Effect.provide(count, layer))) // => { count: 3 }
   * ```
   */
  static readonly layerTest = (double: HttpClientDouble): Layer.Layer<HttpClient> =>
    Layer.sync(HttpClient, () => makeDouble(double))
}

const make = Effect.gen(function* () {
  const transport = yield* Transport
  const observer = yield* CallObserver
  const config = yield* LinxioConfig
  const authenticator = yield* makeAuthenticator
  const scope = yield* Effect.scope
  const budget = makeRetryBudget(config.retryBudget)
  const always = config.headers && Redacted.value(config.headers)

  /** One call from start to end: sign, send, and retry as the policy allows. */
  const perform = (request: HttpClientRequest.HttpClientRequest) =>
    Effect.withFiber<BufferedResponse, LinxioFailure>((fiber) => {
      const call = startCall(config, fiber.getRef(CurrentCallOptions), fiber.getRef(Clock.Clock), request)
      if (call instanceof LinxioValidationError) return Effect.fail(call)
      if (!observer?.isOn(fiber)) return withRetries(call, attempt, retries)
      // Suspended: the observer must be in place before the first attempt.
      const attempts = Effect.suspend(() => withRetries(call, attempt, retries))
      return observer.call(fiber, call, attempts)
    })

  /** Signs each attempt again, because a refresh may happen between two attempts. */
  const attempt = (call: Call): Effect.Effect<BufferedResponse, LinxioFailure> =>
    call.authenticated
      ? Effect.flatMapEager(authenticator.sign(call), (signature) => exchange(call, signature))
      : exchange(call, undefined)

  const exchange = (call: Call, signature: Signature | undefined): Effect.Effect<BufferedResponse, LinxioFailure> => {
    const limitMs = longestWaitMs(call)
    if (limitMs <= 0) return Effect.fail(timedOut(factsOf(call), "deadline", call.limits.deadlineMs))
    call.attempts++
    return Effect.flatMap(send(transport, call, signed(call, signature, always), limitMs), (outcome) => {
      if (outcome._tag !== "Answered") {
        return withBlobText(call, () =>
          failed(call, transportError(call, outcome, limitMs, authenticator.secretsOf(call, signature)))
        )
      }
      const { content } = outcome
      const request = HttpClientRequest.setUrl(call.request, call.href)
      if (isIncoming(content)) {
        if (signature) authenticator.accepted(signature)
        budget.earn()
        const secrets = () => authenticator.secretsOf(call, signature)
        return streamedResponse(call, request, outcome, content, scope, secrets)
      }
      const response = new BufferedResponse(request, outcome)
      if (!isOk(response)) return withBlobText(call, () => refused(call, signature, response))
      if (signature) authenticator.accepted(signature)
      budget.earn()
      return Effect.succeed(response)
    })
  }

  /** Handles a status outside 2xx: follow a redirect, refresh the token, retry, or fail. */
  const refused = (
    call: Call,
    signature: Signature | undefined,
    response: BufferedResponse
  ): Effect.Effect<BufferedResponse, LinxioFailure> => {
    if (follow(config.baseUrl, call, response)) return attempt(call)
    // The error is built lazily: a 401 fixed by a refresh is not reported.
    const refusal = () => refusalOf(call, response, authenticator.secretsOf(call, signature))
    if (response.status !== 401) {
      if (signature && isVerdictOfLinxio(response)) authenticator.accepted(signature)
      return failed(call, refusal())
    }
    if (signature === undefined) return Effect.fail(refusal())
    // Fails if another attempt cannot help.
    return Effect.flatMap(authenticator.recover(call, signature, refusal), (recovered) =>
      recovered ? attempt(call) : Effect.fail(unauthenticated(refusal()))
    )
  }

  const retries = (call: Call): Retries => {
    const { idempotent, limits } = call
    return {
      schedule: limits.retry.schedule ?? RetryPolicy.transport(limits.retry),
      times: limits.retry.retries,
      allows: (failure) =>
        failure === call.failure && RetryPolicy.allows(limits.retry, failure, idempotent) && isReplayable(call),
      budget
    }
  }

  return makeService(perform)
})

/** The request to send: its URL, the headers of every request, and the token. */
const signed = (
  { href, request }: Call,
  signature: Signature | undefined,
  always: Headers.Headers | undefined
): HttpClientRequest.HttpClientRequest => {
  const headers = always ? Headers.merge(always, request.headers) : request.headers
  return HttpClientRequest.makeWith(
    request.method,
    href,
    request.urlParams,
    request.hash,
    signature ? Headers.set(headers, "authorization", `Bearer ${Redacted.value(signature.token)}`) : headers,
    request.body
  )
}

/** Whether the status shows that the server checked the token. A proxy, a rate limiter or a failing gateway may not have checked it (I-6). */
const isVerdictOfLinxio = (response: BufferedResponse): boolean =>
  response.status < 500 && !RetryPolicy.retryableStatuses.includes(response.status) && isLinxioRefusal(response)
