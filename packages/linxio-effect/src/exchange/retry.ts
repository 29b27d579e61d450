/**
 * The one place where a retry schedule runs, for calls and for refreshes.
 *
 * A schedule says how long to wait. The rules for every schedule, also the user's own, are added here: which failures may be retried, how often,
 * never before `Retry-After`, never after the deadline, and never beyond the retry budget (I-29, I-30, I-31).
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { withoutBudget } from "../errors/words.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import * as RetryPolicy from "../RetryPolicy.ts"
import { type Call, remainingMs } from "./call.ts"
import type { RetryBudget } from "./retryBudget.ts"

/** The retry rules of one call. */
export interface Retries {
  /** The delays between the attempts. */
  readonly schedule: Schedule.Schedule<unknown, LinxioFailure>
  /** The maximum number of retries, whatever the schedule says. */
  readonly times: number
  /** Whether this failure may be followed by another attempt. */
  readonly allows: (failure: LinxioFailure) => boolean
  /** The retry budget; undefined means no limit. */
  readonly budget?: RetryBudget | undefined
}

/** Runs `attempt` until it succeeds or the schedule ends. The schedule is built at the first failure, so a call that succeeds has no cost for it. */
export const withRetries = <A>(
  call: Call,
  attempt: (call: Call) => Effect.Effect<A, LinxioFailure>,
  retries: (call: Call) => Retries
): Effect.Effect<A, LinxioFailure> =>
  Effect.catch(attempt(call), (first) => {
    const { allows, budget, schedule, times } = retries(call)
    if (times === 0 || !allows(first)) return Effect.fail(first)
    let begun = false
    let unpaid = false
    const again = Effect.suspend(() => {
      if (begun) return attempt(call)
      begun = true
      return Effect.fail(first)
    })
    const limited = schedule.pipe(
      RetryPolicy.respectRetryAfter,
      Schedule.upTo({ times }),
      Schedule.while(({ duration, input }) => {
        // A delay that would pass the deadline is not started (I-29).
        if (!allows(input) || Duration.toMillis(duration) >= remainingMs(call)) return false
        unpaid = budget?.spend() === false
        if (!unpaid) call.listener?.retry(input, Duration.toMillis(duration))
        return !unpaid
      })
    )
    return Effect.retryOrElse(again, limited, (last) => Effect.fail(unpaid ? withoutBudget(last) : last))
  })
