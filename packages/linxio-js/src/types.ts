/** What a client is, in types without an Effect type in them. */
import type { SessionHealth } from "linxio-effect/Auth"
import type { LinxioError, SessionEnd } from "linxio-effect/LinxioError"
import type { CallOptions, RequestOptions, TokenTime } from "./options.ts"

/** The outcome of a service method, which never rejects: test `error`, and `data` narrows. */
export type Result<T> =
  | { readonly data: T; readonly error: null }
  | { readonly data: null; readonly error: LinxioError }

/** Who signs in. */
export interface LoginPayload {
  readonly email: string
  readonly password: string
  /** A tenant or hosted-domain hint; most integrations can leave it out. */
  readonly domain?: string | undefined
}

/** The answer to a one-time code. */
export interface OtpPayload {
  readonly email: string
  readonly code: string
}

/** What a sign-in brings; with `otpRequired: true` there are no tokens yet. */
export interface LoginData {
  readonly token?: string
  readonly refreshToken?: string
  /** ISO-8601, as Linxio sent it. */
  readonly expireAt?: string
  readonly refreshTokenExpireAt?: string
  /** Whether a code must be given to `auth.verifyOtp` before the session can be used. */
  readonly otpRequired: boolean
  /** Where the code went, masked. */
  readonly phone?: string
  readonly teamType?: string
  readonly roleId?: number | string
}

/** The tokens of the session: secrets, for whoever stores them. */
export interface SessionData {
  readonly token?: string
  readonly refreshToken?: string
  /** ISO-8601; absent when unknown. */
  readonly expireAt?: string
}

/** What `setSession` takes. */
export interface SessionInput {
  readonly token?: string | null | undefined
  readonly refreshToken?: string | null | undefined
  readonly expireAt?: TokenTime | null | undefined
}

/** The signed-in user; every field is optional. */
export interface User {
  readonly id?: number | string | null
  readonly email?: string | null
  readonly fullName?: string | null
  readonly teamType?: string | null
  readonly [field: string]: unknown
}

/** Something happened to the session. Holds no secret, unless the observer asked to `persist`. */
export interface SessionChange {
  readonly type:
    | "signedIn"
    | "restored"
    | "refreshed"
    | "signedOut"
    | "ended"
    | "refreshFailed"
    | "refreshDenied"
    | "sessionExpiring"
    | "storeFailed"
  /** Milliseconds since the epoch. */
  readonly at: number
  /** With `persist: true`: the tokens to store, after `signedIn`, `restored` and `refreshed`. */
  readonly session?: SessionData
  readonly ended?: SessionEnd
  readonly error?: LinxioError
  readonly nextRefreshAt?: number
  readonly refreshTokenExpiresAt?: number
  readonly message?: string
}

/** Signing in and out. */
export interface AuthResource {
  /** Signs in; further calls carry the session. Never retried by itself. */
  readonly login: (payload: LoginPayload, options?: CallOptions) => Promise<Result<LoginData>>
  /** Completes a sign-in for which `login` answered `otpRequired`. */
  readonly verifyOtp: (payload: OtpPayload, options?: CallOptions) => Promise<Result<LoginData>>
  /** Renews the tokens now. Rarely needed: calls do it by themselves. */
  readonly refresh: (options?: CallOptions) => Promise<Result<SessionData>>
  /** Reads the signed-in user. */
  readonly me: (
    options?: CallOptions & { readonly fields?: ReadonlyArray<string> | undefined }
  ) => Promise<Result<User>>
  /** Forgets the session at once, then tells Linxio. */
  readonly logout: (options?: CallOptions) => Promise<Result<null>>
  /** How the session is doing. */
  readonly health: () => SessionHealth
}

/** A Linxio client. */
export interface LinxioClient extends AsyncDisposable {
  readonly auth: AuthResource
  /** Calls any path below the base URL with the session, retries and limits of the client. Resolves to the body; rejects with a `LinxioError`. */
  readonly request: <T = unknown>(method: string, path: string, options?: RequestOptions) => Promise<T>
  /** The tokens of this moment, or null. */
  readonly session: () => SessionData | null
  /** Replaces the session; the same tokens again change nothing, and null forgets it. */
  readonly setSession: (session: SessionInput | null) => void
  /** Calls `observer` after each change; returns the function that stops it. It may be async; what it does cannot disturb the client. */
  readonly onSessionChange: (
    observer: (change: SessionChange) => unknown,
    options?: { readonly persist?: boolean }
  ) => () => void
  /** Ends the client: calls under way fail with `LinxioAbortError`, a refresh under way gets 5 seconds to be saved. */
  readonly close: () => Promise<void>
}
