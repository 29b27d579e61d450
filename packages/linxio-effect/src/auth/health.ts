/** The state of a session for a health endpoint or a log line, without secrets. */
import type { SessionEnd } from "../LinxioError.ts"
import type { Active, SessionState } from "../Session.ts"
import type { RefreshStatus } from "../TokenRefresh.ts"

/**
 * The state of the session. Contains no secret.
 *
 * @example
 * ```ts
 * import { createClient, type SessionHealth } from "linxio-js"
 *
 * const isHealthy = ({ refreshable, state }: SessionHealth) => state === "active" && refreshable
 * console.log(isHealthy(createClient({ refreshToken: "r" }).auth.health())) // => true
 * ```
 */
export interface SessionHealth {
  /** `anonymous`: nobody is signed in. `active`: there is a session. `ended`: the session is over. */
  readonly state: "anonymous" | "active" | "ended"
  /** The time since the client received the tokens, in milliseconds. */
  readonly tokenAgeMs?: number
  /** When the access token ends by the local clock, in milliseconds since the epoch; absent when unknown. */
  readonly accessTokenExpiresAt?: number
  /** When the refresh token ends, in milliseconds since the epoch; absent when unknown. */
  readonly refreshTokenExpiresAt?: number
  /** Whether the session has a usable refresh token. */
  readonly refreshable: boolean
  /** The end of the cooldown after a failed refresh, in milliseconds since the epoch. */
  readonly nextRefreshAt?: number
  /** The last refresh, if it failed; absent after a successful one. */
  readonly lastRefreshFailure?: { readonly at: number; readonly error: string; readonly message: string }
  /** With `state: "ended"`: how and when the session ended. */
  readonly ended?: SessionEnd
}

export const healthOf = (
  state: SessionState,
  now: number,
  statusOf: (active: Active) => RefreshStatus
): SessionHealth => {
  if (state._tag === "Anonymous") return { state: "anonymous", refreshable: false }
  if (state._tag === "Ended") return { state: "ended", refreshable: false, ended: state.end }
  const { expiry, obtainedAt, refreshToken, refreshTokenExpiresAt } = state.tokens
  const { denied, lastFailure, nextAttemptAt } = statusOf(state)
  return {
    state: "active",
    tokenAgeMs: Math.max(0, now - obtainedAt),
    refreshable: refreshToken !== undefined && denied === undefined,
    ...(expiry && { accessTokenExpiresAt: expiry.expiresAt }),
    ...(refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt }),
    ...(nextAttemptAt !== undefined && { nextRefreshAt: nextAttemptAt }),
    ...(lastFailure && {
      lastRefreshFailure: { at: lastFailure.at, error: lastFailure.error.name, message: lastFailure.error.message }
    })
  }
}
