/**
 * Signing in and out: `POST /login`, `/login/otp`, `/token/refresh`, `/logout` and `GET /me`.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { HttpBody } from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as AuthApi from "./api/auth.ts"
import { CurrentCallOptions } from "./CallOptions.ts"
import type { Credentials } from "./config/credentials.ts"
import { HttpClient } from "./HttpClient.ts"
import {
  codeRefused,
  credentialsRefused,
  type OtpRequired,
  readLogin,
  readOtp,
  type SignedIn,
  tokensOf
} from "./exchange/loginReply.ts"
import type { LinxioResponse } from "./exchange/LinxioResponse.ts"
import { jsonBody } from "./exchange/contract.ts"
import { send } from "./resources/call.ts"
import { healthOf, type SessionHealth } from "./auth/health.ts"
import { retimed, tokensFor } from "./auth/setSession.ts"
import { notSignedIn, sessionEnded, signInSuperseded, timedOut } from "./errors/words.ts"
import { sentPath } from "./http/destination.ts"
import { limitsOf } from "./http/startCall.ts"
import { SharedSession } from "./refresh/SharedSession.ts"
import { unimplemented } from "./config/unimplemented.ts"
import { redacted, required } from "./config/credentials.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import { type LinxioFailure, LinxioValidationError } from "./LinxioError.ts"
import { type Active, Session } from "./Session.ts"
import * as SessionTokens from "./session/SessionTokens.ts"
import { TokenRefresh } from "./TokenRefresh.ts"

/** The answer to a one-time code. */
export interface OtpAnswer {
  /** The address that `login` was called with. */
  readonly email: string
  /** The code that Linxio sent to the phone of this user. */
  readonly code: Redacted.Redacted | string
}

export type { User } from "./api/auth.ts"
export type { Credentials } from "./config/credentials.ts"

/** The methods of `Auth`. */
export interface AuthService {
  /** Signs in. Never retried: a second attempt with a wrong password locks accounts. */
  readonly login: (credentials: Credentials) => Effect.Effect<SignedIn | OtpRequired, LinxioFailure>
  /** Completes a sign-in with the code that Linxio sent. Never retried. */
  readonly verifyOtp: (answer: OtpAnswer) => Effect.Effect<SignedIn, LinxioFailure>
  /** Refreshes the tokens now, or joins a running refresh. Rarely needed, because calls refresh automatically. */
  readonly refresh: Effect.Effect<Active, LinxioFailure>
  /** Reads the signed-in user; `fields` names the fields to ask for. */
  readonly me: (fields?: ReadonlyArray<string>) => Effect.Effect<AuthApi.User, LinxioFailure>
  /** Deletes the session at once, then sends the sign-out to Linxio. If that request fails, the session stays deleted (docs/guarantees.md#i-16). */
  readonly logout: Effect.Effect<void, LinxioFailure>
  /**
   * Replaces the session; null deletes it. With the same tokens, only new times take effect. An access token alone is accepted if its claims name
   * the user of the session, which then keeps its refresh token; `refreshToken: null` removes it.
   */
  readonly setSession: (tokens: SessionTokens.TokenInput | null) => Effect.Effect<void, LinxioValidationError>
  /** The state of the session, without secrets. */
  readonly health: Effect.Effect<SessionHealth>
}

export type { SessionHealth } from "./auth/health.ts"
export type { OtpRequired, SignedIn } from "./exchange/loginReply.ts"

/**
 * Authentication.
 *
 * @example
 * ```ts
 * import * as Config from "effect/Config"
 * import * as Effect from "effect/Effect"
 * import { Auth } from "linxio-effect"
 *
 * const signIn = Effect.gen(function* () {
 *   const auth = yield* Auth
 *   const email = yield* Config.String("LINXIO_EMAIL")
 *   const password = yield* Config.Redacted("LINXIO_PASSWORD")
 *   return yield* auth.login({ email, password })
 * })
 * ```
 */
export class Auth extends Context.Service<Auth, AuthService>()("linxio-effect/Auth") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<
    Auth,
    never,
    HttpClient | LinxioConfig | Session | SharedSession | TokenRefresh
  > => Layer.effect(Auth, make)

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<AuthService>): Layer.Layer<Auth> =>
    Layer.succeed(Auth, unimplemented<AuthService>("Auth", partial))
}

const make = Effect.gen(function* () {
  const http = yield* HttpClient
  const config = yield* LinxioConfig
  const session = yield* Session
  const tokenRefresh = yield* TokenRefresh
  const shared = yield* SharedSession

  const begin = (sequence: number, tokens: SessionTokens.SessionTokens) =>
    Effect.gen(function* () {
      const active = session.signIn(sequence, tokens, "signedIn", yield* Clock.currentTimeMillis)
      if (active) yield* shared.publish
      return active
    })

  /** Sends a credential-bearing POST and begins a session with the tokens of the answer, if there are any. */
  const signIn = <A extends SignedIn | OtpRequired>(
    { path }: { readonly path: string },
    body: HttpBody,
    read: (response: LinxioResponse) => Effect.Effect<A, LinxioFailure>,
    refused: (failure: LinxioFailure) => LinxioFailure
  ): Effect.Effect<A, LinxioFailure> =>
    Effect.gen(function* () {
      const sequence = session.nextSequence()
      const request = HttpClientRequest.post(path, { acceptJson: true, body })
      const response = yield* Effect.mapError(http.execute(request), refused)
      const outcome = yield* read(response)
      if (outcome._tag === "OtpRequired") session.requireCode(sequence)
      if (outcome._tag === "SignedIn") {
        const tokens = tokensOf(outcome, response, yield* Clock.currentTimeMillis)
        if (tokens instanceof LinxioValidationError) return yield* Effect.fail(tokens)
        tokenRefresh.issued(tokens)
        if ((yield* begin(sequence, tokens)) === undefined) return yield* Effect.fail(signInSuperseded())
      }
      return outcome
    })

  return Auth.of({
    login: ({ domain, email, password }) =>
      Effect.flatMap(required({ email, password, ...(domain && { domain }) }), () =>
        signIn(
          AuthApi.login,
          jsonBody({ email, password: redacted(password), ...(domain && { domain }) }),
          readLogin,
          credentialsRefused
        )
      ),
    verifyOtp: ({ code, email }) =>
      Effect.flatMap(required({ email, code }), () =>
        signIn(AuthApi.verifyOtp, jsonBody({ email, code: redacted(code) }), readOtp, codeRefused)
      ),
    refresh: Effect.gen(function* () {
      const limits = limitsOf(config, yield* CurrentCallOptions)
      if (limits instanceof LinxioValidationError) return yield* Effect.fail(limits)
      const longestWaitMs = Math.min(limits.timeoutMs, limits.deadlineMs)
      const facts = {
        method: AuthApi.refresh.method,
        path: sentPath(config.baseUrl, AuthApi.refresh.path),
        attempts: 0,
        elapsedMs: 0
      }
      if (!shared.isRestored()) {
        const timeout = () => timedOut(facts, "restore", longestWaitMs)
        yield* Effect.timeoutOrElse(shared.restore, { duration: longestWaitMs, orElse: () => Effect.fail(timeout()) })
      }
      // Another client may have signed in meanwhile (S-6).
      if (session.currentUnsafe()._tag !== "Active") yield* shared.lookAgain
      const state = session.currentUnsafe()
      if (state._tag === "Ended") return yield* Effect.fail(sessionEnded(state.end, state.codeRequired))
      if (state._tag === "Anonymous")
        return yield* Effect.fail(notSignedIn("The session was not refreshed", state.codeRequired))
      return yield* tokenRefresh.refresh(tokenRefresh.seenOf(state), { ...facts, longestWaitMs })
    }),
    me: (fields = []) =>
      isTexts(fields)
        ? send(http, AuthApi.me, [{ fields }])
        : Effect.fail(new LinxioValidationError([{ field: "fields", issue: "must be a list of names" }])),
    logout: Effect.gen(function* () {
      const state = session.currentUnsafe()
      session.signOut(yield* Clock.currentTimeMillis)
      yield* shared.publish
      if (state._tag !== "Active" || state.tokens.accessToken === undefined) return
      const request = HttpClientRequest.post(AuthApi.logout.path, {
        acceptJson: true,
        body: jsonBody({})
      })
      yield* Effect.catchIf(
        http.execute(HttpClientRequest.bearerToken(request, state.tokens.accessToken)),
        // The token was already invalid: the server has no session to end.
        (error) => error._tag === "LinxioApiError" && error.status === 401,
        () => Effect.void
      )
    }),
    setSession: (input) =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        if (input === null) {
          session.signOut(now)
          return yield* shared.publish
        }
        if (typeof input !== "object") return yield* Effect.fail(noSession())
        const state = session.currentUnsafe()
        const tokens = tokensFor(input, state, now)
        if (tokens instanceof LinxioValidationError) return yield* Effect.fail(tokens)
        if (state._tag === "Active" && SessionTokens.sameSecrets(state.tokens, tokens)) {
          const next = retimed(state.tokens, tokens, input)
          if (next) session.retime(state, next)
          return
        }
        yield* begin(session.nextSequence(), tokens)
      }),
    health: Effect.map(Clock.currentTimeMillis, (now) => {
      const state = session.currentUnsafe()
      return healthOf(state, now, (active) => tokenRefresh.statusOf(active, now))
    })
  })
})

const noSession = () =>
  new LinxioValidationError([{ field: "session", issue: "must be an object with a token or a refreshToken, or null" }])

/** What a caller without types may have passed. */
const isTexts = (fields: unknown): boolean =>
  Array.isArray(fields) && fields.every((field) => typeof field === "string")
