/** The one place that maps the failures of a transport to errors of this SDK. */
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

/** `limitMs` is the time limit of the attempt, `secrets` are the secrets that it sent. */
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
      // A timer may fire slightly before the clock reaches the limit, so the limit that ended the attempt decides, not the clock alone.
      return remainingMs(call) <= 0 || limitMs < call.limits.timeoutMs
        ? timedOut(factsOf(call), "deadline", call.limits.deadlineMs)
        : timedOut(factsOf(call), failure.phase, limitMs)
  }
}

/** The error of a streamed body that broke off. */
export const brokenOff = (call: Call, cause: unknown, secrets: ReadonlyArray<string>): LinxioNetworkError => {
  const code = codeOf(cause)
  return bodyBrokeOff(factsOf(call), code, code ?? wordsOfCause(cause, secrets), scrubCause(cause, secrets))
}

const broken = (
  call: Call,
  cause: unknown,
  secrets: ReadonlyArray<string>
): LinxioNetworkError | LinxioValidationError => {
  // The transport reports invalid input itself, such as a `fetch` that does not return a `Response`.
  if (cause instanceof LinxioValidationError) return cause
  const because = wordsOfCause(cause, secrets)
  if (because === forbiddenPort) {
    return unsendable(because)
  }
  const code = codeOf(cause, secrets)
  return unanswered(factsOf(call), call.href, { code, because, cause: scrubCause(cause, secrets) })
}

/** Node's message for a port that the Fetch standard forbids: nothing was sent, and a retry cannot help. */
const forbiddenPort = "bad port"

/** The message of the innermost cause: outer messages, such as "fetch failed", have no information. */
const wordsOfCause = (cause: unknown, secrets: ReadonlyArray<string>, depth = 0): string | undefined =>
  (cause instanceof Error && depth < 4 ? wordsOfCause(cause.cause, secrets, depth + 1) : undefined) ??
  wordsOf(cause, secrets)
