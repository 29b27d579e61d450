/** The one place where a transport's failure becomes an error of this SDK. */
import { bodyBrokeOff, timedOut, tooLarge, unanswered, unsendable } from "../errors/words.ts"
import {
  type LinxioDecodeError,
  type LinxioNetworkError,
  type LinxioTimeoutError,
  LinxioValidationError
} from "../LinxioError.ts"
import type { TransportFailure } from "../transport/Transport.ts"
import { type Call, factsOf, remainingMs } from "./call.ts"
import { codeOf, scrubCause, wordsOf } from "../errors/scrub.ts"

/** `limitMs` is what the attempt was given, and `secrets` what it carried. */
export const transportError = (
  call: Call,
  failure: TransportFailure,
  limitMs: number,
  secrets: ReadonlyArray<string>
): LinxioDecodeError | LinxioNetworkError | LinxioTimeoutError | LinxioValidationError => {
  switch (failure._tag) {
    case "Unsendable":
      return unsendable()
    case "Broken":
      return broken(call, failure.cause, secrets)
    case "TooLarge":
      return tooLarge({ ...call, status: failure.status }, call.limits.maxResponseBytes)
    case "TimedOut":
      // A timer may fire a moment before the clock says so: what cut the attempt short decides, and not the clock alone.
      return remainingMs(call) <= 0 || limitMs < call.limits.timeoutMs
        ? timedOut(factsOf(call), "deadline", call.limits.deadlineMs)
        : timedOut(factsOf(call), failure.phase, limitMs)
  }
}

/** A body that its reader takes at its own pace broke off. */
export const brokenOff = (call: Call, cause: unknown, secrets: ReadonlyArray<string>): LinxioNetworkError => {
  const code = codeOf(cause)
  return bodyBrokeOff(factsOf(call), code, code ?? wordsOfCause(cause, secrets), scrubCause(cause, secrets))
}

const broken = (
  call: Call,
  cause: unknown,
  secrets: ReadonlyArray<string>
): LinxioNetworkError | LinxioValidationError => {
  // A transport that was given something unusable, such as a `fetch` that gives no `Response`, says so itself.
  if (cause instanceof LinxioValidationError) return cause
  const because = wordsOfCause(cause, secrets)
  if (because === forbiddenPort) {
    return unsendable(because)
  }
  const code = codeOf(cause, secrets)
  return unanswered(factsOf(call), call.href, { code, because, cause: scrubCause(cause, secrets) })
}

/** Node's words for a port that the Fetch standard forbids: nothing was sent, and trying again changes nothing. */
const forbiddenPort = "bad port"

/** What the innermost cause says: what is wrapped around it, such as "fetch failed", says nothing. */
const wordsOfCause = (cause: unknown, secrets: ReadonlyArray<string>, depth = 0): string | undefined =>
  (cause instanceof Error && depth < 4 ? wordsOfCause(cause.cause, secrets, depth + 1) : undefined) ??
  wordsOf(cause, secrets)
