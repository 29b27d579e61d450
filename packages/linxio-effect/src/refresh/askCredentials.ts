/** Asks the application for the credentials of an automatic sign-in. Whatever goes wrong there is a typed error without a secret. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { type Credentials, redacted, required } from "../config/credentials.ts"
import { ownOf } from "../config/ownOptions.ts"
import type { Settings } from "../LinxioConfig.ts"
import { LinxioValidationError } from "../LinxioError.ts"

/** What is sent to Linxio. */
export interface SignInRequest {
  readonly email: string
  readonly password: Redacted.Redacted
  readonly domain: string | undefined
}

/** How long the application may take, in milliseconds. */
const longestMs = 30_000

const wrong = (issue: string) => new LinxioValidationError([{ field: "credentials", issue }])

export const askCredentials = (
  source: NonNullable<Settings["credentials"]>
): Effect.Effect<SignInRequest, LinxioValidationError> =>
  Effect.suspend(source).pipe(
    Effect.timeoutOrElse({
      duration: longestMs,
      orElse: () => Effect.fail(wrong(`did not arrive within ${longestMs} ms`))
    }),
    // A getter may throw, and what has arrived may be anything.
    Effect.map((given) => ownOf<Credentials>("credentials", Object(given))),
    Effect.catchCause((cause): Effect.Effect<never, LinxioValidationError> => {
      const error = Cause.squash(cause)
      // Only the name: a message may quote the password, as that of `JSON.parse` does.
      return Effect.fail(error instanceof LinxioValidationError ? error : wrong(`could not be read: ${nameOf(error)}`))
    }),
    Effect.flatMap(({ domain, email, password }) =>
      Effect.as(required({ "credentials.email": email, "credentials.password": password }), {
        domain,
        email,
        password: redacted(password)
      })
    )
  )

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
