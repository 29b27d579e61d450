/** The transport's edge: one attempt of one request, and the one place where a transport's failure becomes an error of this SDK. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import { LinxioNetworkError, LinxioTimeoutError, LinxioValidationError } from "../LinxioError.ts"
import type { TransportFailure, TransportService } from "../Transport.ts"
import { BufferedResponse } from "./BufferedResponse.ts"
import { type Call, factsOf } from "./call.ts"
import { codeOf, scrubCause } from "./scrub.ts"

export type SendError = LinxioNetworkError | LinxioTimeoutError | LinxioValidationError

/** Sends `signed` and reads the whole body within `limitMs`; the response is the answer to `request`, the caller's own. */
export const send = (
  transport: TransportService,
  call: Call,
  request: HttpClientRequest.HttpClientRequest,
  signed: HttpClientRequest.HttpClientRequest,
  limitMs: number,
  secrets: () => ReadonlyArray<string>
): Effect.Effect<BufferedResponse, SendError> =>
  Effect.suspend(() => {
    call.attempts++
    return Effect.matchEffect(transport.exchange(signed, limitMs, call.bodyAs), {
      onFailure: (failure) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => Effect.fail(errorOf(call, failure, limitMs, now, secrets))),
      onSuccess: (answer) => Effect.succeed(new BufferedResponse(request, answer))
    })
  })

const errorOf = (
  call: Call,
  failure: TransportFailure,
  limitMs: number,
  now: number,
  secrets: () => ReadonlyArray<string>
): SendError => {
  switch (failure._tag) {
    case "Unsendable":
      return new LinxioValidationError([{ field: "request", issue: "cannot be sent as it is" }])
    case "Broken":
      return new LinxioNetworkError<"LinxioNetworkError">({
        ...factsOf(call, now),
        code: codeOf(failure.cause),
        cause: scrubCause(failure.cause, secrets())
      })
    case "TimedOut":
      return now >= call.deadlineAt
        ? new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: call.deadlineMs, phase: "deadline" })
        : new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: limitMs, phase: failure.phase })
  }
}
