/** Sends one attempt; whoever observes the call is told of it. */
import type * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { Outcome, TransportService } from "../transport/Transport.ts"
import type { Call } from "./call.ts"

export const send = (
  transport: TransportService,
  { bodyAs, listener }: Call,
  request: HttpClientRequest,
  limitMs: number
): Effect.Effect<Outcome> =>
  listener === undefined
    ? transport.exchange(request, limitMs, bodyAs)
    : listener.attempt(request, (observed) => transport.exchange(observed, limitMs, bodyAs))
