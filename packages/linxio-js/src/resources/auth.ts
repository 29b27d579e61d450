/** `linxio.auth`: one method for each of the service's, and nothing of its own. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Auth, type AuthService, type OtpRequired, type SignedIn, withCallOptions } from "linxio-effect"
import type { LinxioError } from "linxio-effect/LinxioError"
import type { OptionNames } from "linxio-effect/OptionNames"
import { callNames, unknownIn } from "../internal/optionNames.ts"
import { sessionDataOf } from "../internal/sessionData.ts"
import type { CallOptions } from "../options.ts"
import type { Runner } from "../run.ts"
import type { AuthResource, LoginData, Result, User } from "../types.ts"

export const makeAuth = (runner: Runner, health: AuthResource["health"]): AuthResource => {
  /** Runs one method of the service with the limits of this call. */
  const call = <A>(
    method: keyof AuthResource,
    options: CallOptions | undefined,
    use: (auth: AuthService) => Effect.Effect<A, LinxioError>,
    names: OptionNames<CallOptions> = callNames
  ): Promise<Result<A>> => {
    const unknown = options && unknownIn(options, names)
    const effect = unknown ? Effect.fail(unknown) : limited(options, Auth.use(use))
    return runner.attempt(effect, options?.signal, () => `auth.${method}`)
  }

  return {
    login: (payload, options) => call("login", options, (auth) => Effect.map(auth.login({ ...payload }), loginData)),
    verifyOtp: (payload, options) =>
      call("verifyOtp", options, (auth) => Effect.map(auth.verifyOtp({ ...payload }), loginData)),
    refresh: (options) =>
      call("refresh", options, (auth) => Effect.map(auth.refresh, ({ tokens }) => sessionDataOf(tokens))),
    me: (options) => call("me", options, (auth) => Effect.map(auth.me(options?.fields), (user): User => user), meNames),
    // Options that do not exist are no reason not to: whoever calls it wants to be signed out, as with `onclick = linxio.auth.logout`.
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
  }
}

const meNames = { ...callNames, fields: true } as const

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
