/** Who is signed in, and what observers are told of it. */
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

/** Somebody is signed in. */
export interface Active {
  readonly _tag: "Active"
  /** The identity: grows with every sign-in and sign-out. */
  readonly epoch: number
  /** The version of the tokens: grows with every refresh. */
  readonly generation: number
  /** The tokens, `Redacted`. */
  readonly tokens: SessionTokens
  /** What the server has shown about the access token: nothing yet, that it takes it, or that it does not. */
  readonly tokenStatus: "untried" | "accepted" | "rejected"
  /** True for tokens that another client, or an earlier refresh of this process, has brought: no refresh of this session did (S-7). */
  readonly adopted: boolean
  /** Proactive refresh is off for these tokens: a refresh brought them although they are no newer (I-24). */
  readonly clockIgnored: boolean
}

/** The session is over and only a sign-in or `set` begins another. The tokens are forgotten. */
export interface Ended {
  readonly _tag: "Ended"
  /** The identity that it was. */
  readonly epoch: number
  /** How and when it ended. */
  readonly end: SessionEnd
  /** True after a sign-in that Linxio answered by asking for a one-time code. */
  readonly codeRequired?: true
}

/** The value in the cell. */
export type SessionState = Anonymous | Active | Ended

/** What an observer is told, always after the fact. Tokens in it are `Redacted`. */
export type SessionChange = { readonly at: number; readonly epoch: number } & (
  | {
      readonly type: "signedIn" | "restored" | "refreshed" | "adopted"
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
