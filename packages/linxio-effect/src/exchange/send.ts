/** Sends one attempt and reports it to the observer of the call. */
import type * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { AttemptOutcome } from "../CallObserver.ts"
import { scrubText } from "../errors/scrub.ts"
import type { Outcome, TransportService } from "../transport/Transport.ts"
import { type Call, secretsOf } from "./call.ts"
import { withProgress } from "./progress.ts"
import { longestRequestId } from "./refusal.ts"

export const send = (
  transport: TransportService,
  call: Call,
  request: HttpClientRequest,
  limitMs: number
): Effect.Effect<Outcome> => {
  const { bodyAs, limits, listener, onProgress } = call
  const via = onProgress === undefined ? transport : { exchange: withProgress(transport, onProgress) }
  return listener === undefined
    ? via.exchange(request, limitMs, bodyAs, limits.maxResponseBytes)
    : listener.attempt(
        request,
        (observed) => via.exchange(observed, limitMs, bodyAs, limits.maxResponseBytes),
        (outcome) => requestIdOf({ ...call, request }, outcome)
      )
}

/** The request id comes from the server: it is cut, and secrets of the request are removed from it (I-32). */
const requestIdOf = (signed: Call, outcome: AttemptOutcome): string | undefined => {
  const id = outcome._tag === "Answered" ? outcome.headers["x-request-id"] : undefined
  return id === undefined ? undefined : scrubText(id, secretsOf(signed, [])).slice(0, longestRequestId)
}
