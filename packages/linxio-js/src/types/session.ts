/** The public types of the session. */
import type { LinxioFailure, SessionEnd } from "linxio-effect/LinxioError"
import type { TokenTime } from "../options.ts"

/**
 * The tokens of the session. They are secrets: store them where only your service can read them.
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
 * The input of `setSession`: an access token, a refresh token, or both.
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
   * The refresh token; it is enough on its own. If it is left out and `token` belongs to the signed-in user, the session keeps its refresh token.
   * With any other `token` it is required; null means no refresh token.
   */
  readonly refreshToken?: string | null | undefined
  /** When the access token expires. Needed only if the token itself does not contain this time. A number out of range, such as `Infinity`, means unknown. */
  readonly expireAt?: TokenTime | null | undefined
}

/**
 * A change of the session. Contains no secret, unless the observer was registered with `persist: true`.
 *
 * @example
 * ```ts
 * import type { SessionChange } from "linxio-js"
 *
 * const needsSomebody = (change: SessionChange) => change.type === "ended" || change.type === "sessionExpiring"
 * ```
 */
export type SessionChange =
  | Change<"signedIn", Pick<ChangeFacts, "session" | "automatic">>
  | Change<"restored" | "refreshed" | "adopted", Pick<ChangeFacts, "session">>
  | Change<"signedOut">
  | Change<"ended" | "refreshDenied", Required<Pick<ChangeFacts, "ended">>>
  | Change<"refreshFailed", Required<Pick<ChangeFacts, "error" | "nextRefreshAt">>>
  | Change<"sessionExpiring", Required<Pick<ChangeFacts, "refreshTokenExpiresAt">>>
  | Change<"storeFailed", Required<Pick<ChangeFacts, "message">>>

/** One type of change, with the facts of that type only. */
type Change<Type extends string, Facts = unknown> = {
  /** The type of the change; the guide on sessions has a table of all types. */
  readonly type: Type
  /** When, in milliseconds since the epoch. */
  readonly at: number
} & Facts & { readonly [Other in Exclude<keyof ChangeFacts, keyof Facts>]?: never }

/** The facts of a change, by type. */
interface ChangeFacts {
  /** With `persist: true`: the tokens to store, after `signedIn`, `restored`, `refreshed` and `adopted`. */
  readonly session?: SessionData
  /** After `signedIn`: true if the client signed in automatically, with the `credentials` of its options. */
  readonly automatic?: true
  /** After `ended` and `refreshDenied`: how and when the session ended. */
  readonly ended?: SessionEnd
  /** After `refreshFailed`: the error of the refresh. */
  readonly error?: LinxioFailure
  /** After `refreshFailed`: the earliest time of the next refresh, in milliseconds since the epoch. */
  readonly nextRefreshAt?: number
  /** With `sessionExpiring`: when the refresh token expires, in milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number
  /** After `storeFailed`: the message of the store's error, without secrets. */
  readonly message?: string
}
