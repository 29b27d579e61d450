/** The requests of a client for its own session. They are not built from the caller's request, so they have no bearer token (I-33). */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import { BufferedResponse } from "../exchange/BufferedResponse.ts"
import { type Call, failed, monotonicMs, secretsOf, wallTimeOf } from "../exchange/call.ts"
import { jsonBody } from "../exchange/contract.ts"
import { isOk, refusalOf, serverTimeOf } from "../exchange/refusal.ts"
import { send } from "../exchange/send.ts"
import { transportError } from "../exchange/transportError.ts"
import type { Settings } from "../LinxioConfig.ts"
import { type LinxioApiError, type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import * as SessionTokens from "../session/SessionTokens.ts"
import type { TransportService } from "../transport/Transport.ts"

export const ownCall = (
  config: Settings,
  path: string,
  payload: object,
  limits: { readonly deadlineMs: number; readonly timeoutMs: number },
  idempotent: boolean,
  clock: Clock.Clock
): Call => {
  const { href, pathname } = new URL(path.slice(1), config.baseUrl)
  return {
    method: "POST",
    path: pathname,
    urlTemplate: path,
    request: HttpClientRequest.post(href, {
      acceptJson: true,
      body: jsonBody(payload),
      ...(config.headers && { headers: Redacted.value(config.headers) })
    }),
    href,
    authenticated: false,
    bodyAs: "text",
    clock,
    startedAt: monotonicMs(clock),
    limits: { ...limits, maxResponseBytes: config.maxResponseBytes, retry: config.retry },
    idempotent,
    attempts: 0,
    hops: 0,
    adoptions: 0,
    replayed: false,
    ambiguous: false,
    failure: undefined,
    epoch: undefined,
    onProgress: undefined,
    listener: undefined
  }
}

/** One attempt: the tokens in the response, as `read` finds them. `secrets` are removed from all errors. */
export const attemptOwn = (
  transport: TransportService,
  call: Call,
  secrets: () => ReadonlyArray<Redacted.Redacted>,
  refused: (refusal: LinxioApiError, response: BufferedResponse) => LinxioFailure,
  read: (response: BufferedResponse) => Effect.Effect<SessionTokens.TokenInput, LinxioFailure>
): Effect.Effect<SessionTokens.SessionTokens, LinxioFailure> =>
  Effect.gen(function* () {
    const limitMs = call.limits.timeoutMs
    const known = () => secretsOf(call, secrets())
    call.attempts++
    const outcome = yield* send(transport, call, call.request, limitMs)
    if (outcome._tag !== "Answered") return yield* failed(call, transportError(call, outcome, limitMs, known()))
    const response = new BufferedResponse(call.request, outcome)
    if (!isOk(response)) return yield* failed(call, refused(refusalOf(call, response, known()), response))
    const tokens = SessionTokens.make(yield* read(response), {
      now: wallTimeOf(call),
      fresh: true,
      serverNow: serverTimeOf(response)
    })
    return tokens instanceof LinxioValidationError ? yield* Effect.fail(tokens) : tokens
  })
