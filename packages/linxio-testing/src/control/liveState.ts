/** What the live view shows of one session. */
interface LiveSession {
  readonly id: number
  readonly generation: number
  readonly revoked: boolean
  /** In epoch milliseconds; 0 if no access token of the session is valid. */
  readonly accessTokenExpiresAt: number
  /** Names and states, such as `r1 live`. */
  readonly refreshTokens: ReadonlyArray<string>
}

/** What the live view shows. It contains no secret. */
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
