/**
 * Effect's own `HttpClient`, decorated: base URL, bearer token, time limits, retry, and on a refused token one
 * refresh and one replay. The interface is Effect's, so every combinator of `effect/http` and every
 * `HttpApiClient` works on it; the error channel is this SDK's.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import type { BufferedResponse } from "./internal/BufferedResponse.ts"
import { makeAuthenticator } from "./internal/authenticator.ts"
import { type Call, factsOf, patience } from "./internal/call.ts"
import { isLinxioRefusal, isOk, refusalOf } from "./internal/refusal.ts"
import { makeRedirects } from "./internal/redirects.ts"
import { nextDelay } from "./internal/retry.ts"
import { makeRetryBudget } from "./internal/retryBudget.ts"
import { send } from "./internal/send.ts"
import { startCall } from "./internal/startCall.ts"
import { unimplemented } from "./internal/unimplemented.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import { LinxioAuthenticationError, type LinxioFailure, LinxioTimeoutError } from "./LinxioError.ts"
import { retryableStatuses } from "./RetryPolicy.ts"
import type { Session } from "./Session.ts"
import type { SessionStore } from "./SessionStore.ts"
import type { TokenRefresh } from "./TokenRefresh.ts"

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
    EffectHttpClient.HttpClient | LinxioConfig | Session | SessionStore | TokenRefresh
  > => Layer.effect(HttpClient, make)

  /** For tests: what is left out dies with a message that names it. */
  static readonly layerTest = (partial: Partial<HttpClientService>): Layer.Layer<HttpClient> =>
    Layer.succeed(HttpClient, unimplemented<HttpClientService>("HttpClient", partial))
}

const make = Effect.gen(function* () {
  const transport = yield* EffectHttpClient.HttpClient
  const config = yield* LinxioConfig
  const authenticator = yield* makeAuthenticator
  const budget = makeRetryBudget(config.retryBudget)
  const redirects = makeRedirects(config.baseUrl)

  /** One call from start to end: sign, send, and while it is worth it again. */
  const perform = (given: HttpClientRequest.HttpClientRequest) =>
    Effect.gen(function* () {
      const { authenticated, call, request: first } = yield* startCall(config, given)
      let request = first
      for (;;) {
        const signature = authenticated ? yield* authenticator.sign(call) : undefined
        const secrets = () => authenticator.secretsOf(call, signature)
        const started = yield* Clock.currentTimeMillis
        if (started >= call.deadlineAt) return yield* Effect.fail(deadlinePassed(call, started))
        const limit = patience(call, started)
        const outcome = yield* Effect.result(
          send(transport, call, request, signature ? signature.apply(request) : request, limit, secrets)
        )
        const now = yield* Clock.currentTimeMillis
        let failure: LinxioFailure
        if (outcome._tag === "Success") {
          const response = outcome.success
          if (isOk(response)) {
            signature?.accepted()
            budget.earn()
            return response
          }
          const next = redirects.follow(call, request, response)
          if (next) {
            request = next
            continue
          }
          const refusal = refusalOf(call, response, now, secrets())
          if (response.status === 401 && signature) {
            // Fails itself where there is nothing to be gained by another attempt.
            if (yield* authenticator.recover(call, signature, refusal)) continue
            return yield* Effect.fail(unauthenticated(refusal))
          }
          if (response.status === 401 && !signature) return yield* Effect.fail(refusal)
          if (isVerdictOfLinxio(response)) signature?.accepted()
          failure = refusal
        } else {
          failure = outcome.failure
        }
        const delay = yield* nextDelay(call, failure, budget, now)
        yield* Effect.sleep(delay)
      }
    })

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
