/** The states of a session, and the changes that observers receive. */
import type { LinxioFailure, SessionEnd } from "../LinxioError.ts"
import type { SessionTokens } from "./SessionTokens.ts"

/** Nobody is signed in. */
export interface Anonymous {
  readonly _tag: "Anonymous"
  /** The identity: grows with every sign-in and sign-out. */
  readonly epoch: number
  /** True after a sign-in that Linxio answered by asking for a one-time code. */
  readonly codeRequired?: true
}

/** A user is signed in. */
export interface Active {
  readonly _tag: "Active"
  /** The identity: grows with every sign-in and sign-out. */
  readonly epoch: number
  /** The version of the tokens: grows with every refresh. */
  readonly generation: number
  /** The tokens, `Redacted`. */
  readonly tokens: SessionTokens
  /** The status of the access token: not used yet, accepted by the server, or rejected by it. */
  readonly tokenStatus: "untried" | "accepted" | "rejected"
  /** True if the tokens were adopted: from another client, or from an earlier refresh of this process (docs/guarantees.md, S-7). */
  readonly adopted: boolean
  /** Proactive refresh is off for these tokens, because the refresh that returned them did not extend their lifetime (docs/guarantees.md#i-24). */
  readonly clockIgnored: boolean
}

/** The session is over, and its tokens are deleted. A sign-in or `setSession` begins another; an automatic sign-in as the same user continues it. */
export interface Ended {
  readonly _tag: "Ended"
  /** The epoch of the session that ended. */
  readonly epoch: number
  /** How and when it ended. */
  readonly end: SessionEnd
  /** The version that its tokens had. */
  readonly generation: number
  /** The user that its access token named, if it named one. */
  readonly subject?: string | undefined
  /** True after a sign-in that Linxio answered by asking for a one-time code. */
  readonly codeRequired?: true
}

/** The state of a session. */
export type SessionState = Anonymous | Active | Ended

/** A change that observers receive, after it has taken effect. Tokens in it are `Redacted`. */
export type SessionChange = { readonly at: number; readonly epoch: number } & (
  | {
      readonly type: "signedIn" | "restored" | "refreshed" | "adopted"
      /** After `signedIn`: true if the client signed in automatically, with the `credentials` of its options. */
      readonly automatic?: true
      readonly generation: number
      readonly tokens: SessionTokens
    }
  | { readonly type: "signedOut" }
  | { readonly type: "ended"; readonly end: SessionEnd }
  | { readonly type: "refreshFailed"; readonly error: LinxioFailure; readonly nextAttemptAt: number }
  | { readonly type: "refreshDenied"; readonly end: SessionEnd }
  | { readonly type: "sessionExpiring"; readonly refreshTokenExpiresAt: number }
  | { readonly type: "storeFailed"; readonly operation: "load" | "save"; readonly message: string }
)
