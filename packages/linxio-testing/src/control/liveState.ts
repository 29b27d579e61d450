/** What the live view shows of one sign-in. */
interface LiveSession {
  readonly id: number
  readonly generation: number
  readonly revoked: boolean
  /** Epoch milliseconds; 0 when no access token of the session is good. */
  readonly accessTokenExpiresAt: number
  /** Names and states, such as `r1 live`. */
  readonly refreshTokens: ReadonlyArray<string>
}

/** What the live view shows. No secret is in it. */
export interface LiveState {
  readonly logins: number
  readonly refreshes: number
  readonly wasted401s: number
  readonly timeline: string
  readonly accounts: ReadonlyArray<{
    readonly email: string
    readonly flags: ReadonlyArray<string>
    readonly sessions: ReadonlyArray<LiveSession>
  }>
}
