/** `linxio.auth`: one method for each of the service's, and nothing of its own. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Auth, type OtpRequired, type SignedIn, withCallOptions } from "linxio-effect"
import { sessionDataOf } from "../internal/sessionData.ts"
import type { CallOptions } from "../options.ts"
import type { Runner } from "../run.ts"
import type { AuthResource, LoginData, User } from "../types.ts"

export const makeAuth = (runner: Runner, health: AuthResource["health"]): AuthResource => ({
  login: (payload, options) =>
    runner.attempt(
      limited(
        options,
        Effect.map(
          Auth.use((auth) => auth.login({ ...payload })),
          loginData
        )
      ),
      options?.signal,
      () => "auth.login"
    ),
  verifyOtp: (payload, options) =>
    runner.attempt(
      limited(
        options,
        Effect.map(
          Auth.use((auth) => auth.verifyOtp({ ...payload })),
          loginData
        )
      ),
      options?.signal,
      () => "auth.verifyOtp"
    ),
  refresh: (options) =>
    runner.attempt(
      limited(
        options,
        Effect.map(
          Auth.use((auth) => auth.refresh),
          ({ tokens }) => sessionDataOf(tokens)
        )
      ),
      options?.signal,
      () => "auth.refresh"
    ),
  me: (options) =>
    runner.attempt(
      limited(
        options,
        Effect.map(
          Auth.use((auth) => auth.me(options?.fields)),
          (user): User => user
        )
      ),
      options?.signal,
      () => "auth.me"
    ),
  logout: (options) =>
    runner.attempt(
      limited(
        options,
        Effect.as(
          Auth.use((auth) => auth.logout),
          null
        )
      ),
      options?.signal,
      () => "auth.logout"
    ),
  health
})

const limited = <A, E, R>(options: CallOptions | undefined, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  options ? withCallOptions({ timeoutMs: options.timeoutMs, deadlineMs: options.deadlineMs })(effect) : effect

const loginData = (outcome: SignedIn | OtpRequired): LoginData => {
  if (outcome._tag === "OtpRequired") {
    const { _tag: _, ...rest } = outcome
    return { ...rest, otpRequired: true }
  }
  const { _tag: _, refreshToken, token, ...rest } = outcome
  return {
    token: Redacted.value(token),
    ...(refreshToken && { refreshToken: Redacted.value(refreshToken) }),
    ...rest,
    otpRequired: false
  }
}
