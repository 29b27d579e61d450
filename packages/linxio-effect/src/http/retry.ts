/** Decides whether a failed attempt is made again, and after how long a wait. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Pull from "effect/Pull"
import * as Schedule from "effect/Schedule"
import { LinxioApiError, type LinxioFailure, LinxioNetworkError, LinxioTimeoutError } from "../LinxioError.ts"
import * as RetryPolicy from "../RetryPolicy.ts"
import { type Call, deadlineOf, isReplayable } from "../exchange/call.ts"
import type { RetryBudget } from "./retryBudget.ts"

type Step = (now: number, failure: LinxioFailure) => Effect.Effect<number | undefined>

/** The schedule of each call, begun at its first failure: a call that succeeds pays nothing for it. */
const steps = new WeakMap<Call, Step>()

const stepOf = (call: Call): Effect.Effect<Step> => {
  const known = steps.get(call)
  if (known) return Effect.succeed(known)
  return Effect.map(Schedule.toStep(call.limits.retry.schedule ?? RetryPolicy.transport(call.limits.retry)), (step) => {
    const next: Step = (now, failure) =>
      step(now, failure).pipe(
        Effect.map(([, delay]): number | undefined => Duration.toMillis(delay)),
        Pull.catchDone(() => Effect.succeed(undefined))
      )
    steps.set(call, next)
    return next
  })
}

/** The wait before the next attempt, in milliseconds; fails with `failure` when there is none. */
export const nextDelay = (
  call: Call,
  failure: LinxioFailure,
  budget: RetryBudget,
  now: number
): Effect.Effect<number, LinxioFailure> => {
  if (mayHaveBeenProcessed(failure)) call.ambiguous = true
  if (!RetryPolicy.allows(call.limits.retry, failure, call.idempotent) || !isReplayable(call))
    return Effect.fail(failure)
  return Effect.flatMap(stepOf(call), (step) =>
    Effect.flatMap(step(now, failure), (delay) => {
      // A wait that does not fit into the deadline is not begun (I-29).
      if (delay === undefined || now + delay >= deadlineOf(call)) return Effect.fail(failure)
      return budget.spend() ? Effect.succeed(delay) : Effect.fail(withoutBudget(failure))
    })
  )
}

const mayHaveBeenProcessed = (failure: LinxioFailure): boolean =>
  failure._tag === "LinxioNetworkError" ||
  failure._tag === "LinxioTimeoutError" ||
  (failure._tag === "LinxioApiError" && failure.status >= 500)

const withoutBudget = (failure: LinxioFailure): LinxioFailure => {
  switch (failure._tag) {
    case "LinxioApiError":
      return new LinxioApiError({ ...failure, message: failure.message, retryBudgetExhausted: true })
    case "LinxioNetworkError":
      return new LinxioNetworkError<"LinxioNetworkError">({
        ...failure,
        message: failure.message,
        cause: failure.cause,
        retryBudgetExhausted: true
      })
    case "LinxioTimeoutError":
      return new LinxioTimeoutError({ ...failure, retryBudgetExhausted: true })
    default:
      return failure
  }
}
