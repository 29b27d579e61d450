/**
 * The transport's edge: one attempt of one request, from the first byte out to the last byte in, and the one
 * place where a transport's failure becomes an error of this SDK. Nothing here knows about sessions or retries.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import { LinxioNetworkError, LinxioTimeoutError, LinxioValidationError } from "../LinxioError.ts"
import { BufferedResponse } from "./BufferedResponse.ts"
import { type Call, factsOf } from "./call.ts"
import { codeOf, scrubCause } from "./scrub.ts"

export type SendError = LinxioNetworkError | LinxioTimeoutError | LinxioValidationError

/**
 * Sends `signed` and reads the whole body within `limitMs`; the response is given back as the answer to
 * `request`, the caller's own. When the limit passes or the fiber is interrupted, the transport is aborted.
 */
export const send = (
  transport: HttpClient.HttpClient,
  call: Call,
  request: HttpClientRequest.HttpClientRequest,
  signed: HttpClientRequest.HttpClientRequest,
  limitMs: number,
  secrets: () => ReadonlyArray<string>
): Effect.Effect<BufferedResponse, SendError> =>
  Effect.suspend(() => {
    call.attempts++
    let phase: "headers" | "body" = "headers"
    return transport.execute(signed).pipe(
      Effect.flatMap((response) => {
        phase = "body"
        return Effect.map(response.arrayBuffer, (bytes) => new BufferedResponse(request, response, bytes))
      }),
      Effect.catchTag("HttpClientError", (error) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) =>
          Effect.fail(
            error.reason._tag === "InvalidUrlError" || error.reason._tag === "EncodeError"
              ? new LinxioValidationError([{ field: "request", issue: "cannot be sent as it is" }])
              : new LinxioNetworkError({
                  ...factsOf(call, now),
                  code: codeOf(error.reason.cause),
                  cause: scrubCause(error.reason.cause, secrets())
                })
          )
        )
      ),
      Effect.timeoutOrElse({
        duration: limitMs,
        orElse: () =>
          Effect.flatMap(Clock.currentTimeMillis, (now) =>
            Effect.fail(
              now >= call.deadlineAt
                ? new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: call.deadlineMs, phase: "deadline" })
                : new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: limitMs, phase })
            )
          )
      }),
      Effect.updateContext(withoutRedirectsAndTraces)
    )
  })

/**
 * A followed redirect would send a password again, or a token to another host (I-33), so none is followed by
 * the transport. Trace headers would turn a browser's simple request into one with a preflight.
 */
const withoutRedirectsAndTraces = <R>(context: Context.Context<R>): Context.Context<R> =>
  context.pipe(
    Context.add(FetchHttpClient.RequestInit, {
      ...Context.getOrUndefined(context, FetchHttpClient.RequestInit),
      redirect: "manual"
    }),
    Context.add(HttpClient.TracerDisabledWhen, () => true)
  )
