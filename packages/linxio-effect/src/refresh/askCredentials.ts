/** Asks the application who signs in: what it gives is checked, and what it throws is a typed error without a secret. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { type Credentials, type CredentialsSource, required } from "../config/credentials.ts"
import { ownOf } from "../config/ownOptions.ts"
import { wordsOf } from "../errors/scrub.ts"
import { LinxioValidationError } from "../LinxioError.ts"

/** How long the application may take, in milliseconds. */
const longestMs = 30_000

const wrong = (issue: string) => new LinxioValidationError([{ field: "credentials", issue }])

export const askCredentials = (
  source: CredentialsSource,
  secrets: () => ReadonlyArray<string>
): Effect.Effect<Credentials, LinxioValidationError> =>
  Effect.suspend((): Effect.Effect<unknown, unknown> => {
    const given: unknown = source()
    return Effect.isEffect(given)
      ? (given as Effect.Effect<unknown, unknown>)
      : Effect.tryPromise({ try: async () => given, catch: (error) => error })
  }).pipe(
    Effect.timeoutOrElse({
      duration: longestMs,
      orElse: () => Effect.fail(wrong(`gave nothing within ${longestMs} ms`))
    }),
    // A getter may throw as well.
    Effect.map((given) => ownOf("credentials", Object(given ?? {}) as Credentials)),
    Effect.catchCause((cause): Effect.Effect<never, LinxioValidationError> => {
      const reason = cause.reasons.find(Cause.isFailReason) ?? cause.reasons.find(Cause.isDieReason)
      if (reason === undefined) return Effect.interrupt
      const error = Cause.isFailReason(reason) ? reason.error : reason.defect
      if (error instanceof LinxioValidationError) return Effect.fail(error)
      return Effect.fail(wrong(`failed: ${wordsOf(error, secrets()) ?? "it threw"}`))
    }),
    Effect.flatMap(({ domain, email, password }) =>
      Effect.as(required({ "credentials.email": email, "credentials.password": password }), { domain, email, password })
    )
  )
