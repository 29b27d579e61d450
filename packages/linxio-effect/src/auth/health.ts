/** How a session is doing: for a health endpoint or a log line, so without a secret. */
import type { SessionEnd } from "../LinxioError.ts"
import type { Active, SessionState } from "../Session.ts"
import type { RefreshStatus } from "../TokenRefresh.ts"

/**
 * How the session is doing; holds no secret.
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
  /** Nobody is signed in, somebody is, or the session is over. */
  readonly state: "anonymous" | "active" | "ended"
  /** How long ago the tokens arrived here, in milliseconds. */
  readonly tokenAgeMs?: number
  /** When the access token ends by the local clock, in milliseconds since the epoch; absent when unknown. */
  readonly accessTokenExpiresAt?: number
  /** When the refresh token ends, in milliseconds since the epoch; absent when unknown. */
  readonly refreshTokenExpiresAt?: number
  /** Whether the session can renew itself. */
  readonly refreshable: boolean
  /** When the next refresh may be tried, after one that failed; milliseconds since the epoch. */
  readonly nextRefreshAt?: number
  /** The last refresh, if it failed; forgotten after one that works. */
  readonly lastRefreshFailure?: { readonly at: number; readonly error: string; readonly message: string }
  /** With `ended`: how and when. */
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
