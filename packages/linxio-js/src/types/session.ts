/** The session as users see it. */
import type { LinxioFailure, SessionEnd } from "linxio-effect/LinxioError"
import type { TokenTime } from "../options.ts"

/**
 * The tokens of the session: secrets, for whoever stores them.
 *
 * @example
 * ```ts
 * import { createClient, type SessionData } from "linxio-js"
 *
 * const resume = (saved: SessionData) => createClient(saved)
 * ```
 */
export interface SessionData {
  /** The access token: a secret. */
  readonly token?: string
  /** The refresh token: a secret. */
  readonly refreshToken?: string
  /** When the access token ends: ISO-8601, as Linxio returned it; absent when unknown. */
  readonly expireAt?: string
}

/**
 * What `setSession` takes: an access token, a refresh token, or both.
 *
 * @example
 * ```ts
 * import type { SessionInput } from "linxio-js"
 *
 * const saved: SessionInput = { refreshToken: process.env.LINXIO_REFRESH_TOKEN }
 * ```
 */
export interface SessionInput {
  /** The access token. */
  readonly token?: string | null | undefined
  /**
   * The refresh token; alone it is enough. Left out beside a token of the user who is signed in, the session keeps the one that it has;
   * beside any other token it must be given, or null for none.
   */
  readonly refreshToken?: string | null | undefined
  /** When the access token ends; only needed where the token itself does not say. A number out of range, such as `Infinity`, is unknown. */
  readonly expireAt?: TokenTime | null | undefined
}

/**
 * Something happened to the session. Holds no secret, unless the observer asked to `persist`.
 *
 * @example
 * ```ts
 * import type { SessionChange } from "linxio-js"
 *
 * const needsSomebody = (change: SessionChange) => change.type === "ended" || change.type === "sessionExpiring"
 * ```
 */
export type SessionChange =
  | Change<"signedIn" | "restored" | "refreshed" | "adopted", Pick<ChangeFacts, "session">>
  | Change<"signedOut">
  | Change<"ended" | "refreshDenied", Required<Pick<ChangeFacts, "ended">>>
  | Change<"refreshFailed", Required<Pick<ChangeFacts, "error" | "nextRefreshAt">>>
  | Change<"sessionExpiring", Required<Pick<ChangeFacts, "refreshTokenExpiresAt">>>
  | Change<"storeFailed", Required<Pick<ChangeFacts, "message">>>

/** One kind of change: its own facts are there, those of the other kinds are not. */
type Change<Type extends string, Facts = unknown> = {
  /** What happened; the guide on sessions has them all in a table. */
  readonly type: Type
  /** When, in milliseconds since the epoch. */
  readonly at: number
} & Facts & { readonly [Other in Exclude<keyof ChangeFacts, keyof Facts>]?: never }

/** What is told besides the kind of a change. */
interface ChangeFacts {
  /** With `persist: true`: the tokens to store, after `signedIn`, `restored`, `refreshed` and `adopted`. */
  readonly session?: SessionData
  /** After `ended` and `refreshDenied`: how and when. */
  readonly ended?: SessionEnd
  /** After `refreshFailed`: why. */
  readonly error?: LinxioFailure
  /** After `refreshFailed`: before when no other refresh is tried, in milliseconds since the epoch. */
  readonly nextRefreshAt?: number
  /** With `sessionExpiring`: when the refresh token ends, in milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number
  /** After `storeFailed`: what the store said. */
  readonly message?: string
}
