/** The one place where a transport's failure becomes an error of this SDK. */
import { LinxioNetworkError, LinxioTimeoutError, LinxioValidationError } from "../LinxioError.ts"
import type { TransportFailure } from "../Transport.ts"
import { type Call, factsOf } from "./call.ts"
import { codeOf, scrubCause } from "./scrub.ts"

/** `limitMs` is what the attempt was given, and `secrets` what it carried. */
export const transportError = (
  call: Call,
  failure: TransportFailure,
  limitMs: number,
  now: number,
  secrets: ReadonlyArray<string>
): LinxioNetworkError | LinxioTimeoutError | LinxioValidationError => {
  switch (failure._tag) {
    case "Unsendable":
      return new LinxioValidationError([{ field: "request", issue: "cannot be sent as it is" }])
    case "Broken":
      return new LinxioNetworkError<"LinxioNetworkError">({
        ...factsOf(call, now),
        code: codeOf(failure.cause),
        cause: scrubCause(failure.cause, secrets)
      })
    case "TimedOut":
      return now >= call.deadlineAt
        ? new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: call.deadlineMs, phase: "deadline" })
        : new LinxioTimeoutError({ ...factsOf(call, now), timeoutMs: limitMs, phase: failure.phase })
  }
}
