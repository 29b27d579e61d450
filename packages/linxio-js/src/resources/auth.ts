/** `linxio.auth`: one method for each method of the service `Auth`, without logic. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Auth, type AuthService, type OtpRequired, type SignedIn, withCallOptions } from "linxio-effect"
import { type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { callNames, meNames } from "../options/optionNames.ts"
import { callOptions, payloadOf, reading, readingPart, usableOptions } from "../options/read.ts"
import { sessionDataOf } from "../types/sessionData.ts"
import type { CallOptions, MeOptions } from "../options.ts"
import type { Runner } from "../run.ts"
import type { AuthResource, LoginData, LoginPayload, OtpPayload, Result, SessionData, User } from "../types.ts"

export const makeAuth = (
  runner: Runner,
  health: AuthResource["health"],
  current: () => SessionData | null
): AuthResource => {
  type Use<A> = (auth: AuthService) => Effect.Effect<A, LinxioFailure>

  /** Runs one method of the service with the options of this call, or returns the error of invalid input. */
  const call = <A, Options extends CallOptions = CallOptions>(
    method: keyof AuthResource,
    read: () => Options | undefined,
    use: (options: Options | undefined) => Use<A>
  ): Promise<Result<A>> => {
    const prepared = reading(() => {
      const options = read()
      return { effect: limited(options, Auth.use(use(options))), signal: options?.signal }
    })
    const { effect, signal } =
      prepared instanceof LinxioValidationError ? { effect: Effect.fail(prepared), signal: undefined } : prepared
    return runner.attempt(effect, signal, `auth.${method}`)
  }

  const options = (given: CallOptions | undefined) => () => callOptions(given, callNames)

  const signIn =
    <Payload extends object>(
      method: "login" | "verifyOtp",
      use: (auth: AuthService, payload: Payload) => Effect.Effect<SignedIn | OtpRequired, LinxioFailure>
    ) =>
    (payload: Payload, given?: CallOptions): Promise<Result<LoginData>> =>
      call(method, options(given), () => {
        const own = payloadOf(payload)
        return (auth) => Effect.map(use(auth, own), loginData)
      })

  return {
    login: signIn("login", (auth, payload: LoginPayload) => auth.login(payload)),
    verifyOtp: signIn("verifyOtp", (auth, payload: OtpPayload) => auth.verifyOtp(payload)),
    refresh: (given?: CallOptions | string, more?: CallOptions) =>
      call("refresh", options(typeof given === "string" ? more : given), () => (auth) => {
        const isAnother = typeof given === "string" && given !== current()?.refreshToken
        const begun = isAnother ? auth.setSession({ refreshToken: given }) : Effect.void
        return Effect.map(Effect.andThen(begun, auth.refresh), ({ tokens }) => sessionDataOf(tokens))
      }),
    me: (given?: MeOptions | ReadonlyArray<string>, more?: CallOptions) =>
      call<User, MeOptions>(
        "me",
        () => callOptions<MeOptions>(isList(given) ? { ...more, fields: given } : given, meNames),
        (own) => {
          const fields = readingPart("fields", () => (isList(own?.fields) ? [...own.fields] : own?.fields))
          return (auth) => Effect.map(auth.me(fields), (user): User => user)
        }
      ),
    // Unknown options do not stop a sign-out: `onclick = linxio.auth.logout` passes an event.
    logout: (given) =>
      call(
        "logout",
        () => usableOptions(given),
        () => (auth) => Effect.as(auth.logout, null)
      ),
    health
  }
}

const isList = (given: unknown): given is ReadonlyArray<string> => Array.isArray(given)

const limited = <A, E, R>(options: CallOptions | undefined, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  options ? withCallOptions({ timeoutMs: options.timeoutMs, deadlineMs: options.deadlineMs })(effect) : effect

const loginData = (outcome: SignedIn | OtpRequired): LoginData => {
  if (outcome._tag === "OtpRequired") {
    const { _tag: _, ...rest } = outcome
    return { ...rest, otpRequired: true, otp_required: true }
  }
  const { _tag: _, refreshToken, token, ...rest } = outcome
  return {
    token: Redacted.value(token),
    ...(refreshToken && { refreshToken: Redacted.value(refreshToken) }),
    ...rest,
    otpRequired: false,
    otp_required: false
  }
}
