/** `linxio.auth`: one method for each of the service's, and nothing of its own. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Auth, type AuthService, type OtpRequired, type SignedIn, withCallOptions } from "linxio-effect"
import type { LinxioError } from "linxio-effect/LinxioError"
import type { OptionNames } from "linxio-effect/config/optionNames"
import { callNames, unknownIn } from "../options/optionNames.ts"
import { sessionDataOf } from "../types/sessionData.ts"
import type { CallOptions } from "../options.ts"
import type { Runner } from "../run.ts"
import type { AuthResource, LoginData, Result, User } from "../types.ts"

export const makeAuth = (runner: Runner, health: AuthResource["health"]): AuthResource => {
  type Use<A> = (auth: AuthService) => Effect.Effect<A, LinxioError>

  /** Runs one method of the service with the limits of this call. */
  const run = <A>(method: keyof AuthResource, options: CallOptions | undefined, use: Use<A>): Promise<Result<A>> =>
    runner.attempt(limited(options, Auth.use(use)), options?.signal, () => `auth.${method}`)

  /** The same, unless an option does not exist. */
  const call = <A>(
    method: keyof AuthResource,
    options: CallOptions | undefined,
    use: Use<A>,
    names: OptionNames<CallOptions> = callNames
  ): Promise<Result<A>> => {
    const unknown = options && unknownIn(options, names)
    return run(method, options, unknown ? () => Effect.fail(unknown) : use)
  }

  return {
    login: (payload, options) => call("login", options, (auth) => Effect.map(auth.login({ ...payload }), loginData)),
    verifyOtp: (payload, options) =>
      call("verifyOtp", options, (auth) => Effect.map(auth.verifyOtp({ ...payload }), loginData)),
    refresh: (options) =>
      call("refresh", options, (auth) => Effect.map(auth.refresh, ({ tokens }) => sessionDataOf(tokens))),
    me: (options) => call("me", options, (auth) => Effect.map(auth.me(options?.fields), (user): User => user), meNames),
    // Options that do not exist are no reason not to: whoever calls it wants to be signed out, as with `onclick = linxio.auth.logout`.
    logout: (options) => run("logout", options, (auth) => Effect.as(auth.logout, null)),
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
