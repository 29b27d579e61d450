/** The error of a caller that is not, or no longer, authenticated. */
import { isAuthenticationStatus, isValidationStatus, type LinxioApiError } from "./answer.ts"
import { isOf, LinxioError } from "./base.ts"
import { issuesOf, type ValidationIssue } from "./issues.ts"

/** Why a caller is not, or no longer, authenticated. */
export type AuthenticationReason =
  | "InvalidCredentials"
  | "AccountBlocked"
  | "PhoneUnverified"
  | "InvalidCode"
  | "CodeRequired"
  | "NotSignedIn"
  | "SessionEnded"
  | "SignedOutElsewhere"
  | "SessionChanged"
  | "Unauthenticated"

/** How and when a session ended. */
export interface SessionEnd {
  /** Why: Linxio refused the refresh token, there was none, or another client of the same store signed out. */
  readonly cause: "refresh-denied" | "refresh-token-missing" | "signed-out-elsewhere"
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The status of the refusal; 0 if there was no response. */
  readonly status: number
  /** True when an earlier attempt of the same refresh got no response: the server may have replaced the refresh token in that attempt. */
  readonly ambiguous: boolean
}

/** The answer that caused an authentication error: a `LinxioApiError`, or its fields. */
export type RefusedAnswer = Pick<
  LinxioApiError,
  "attempts" | "body" | "elapsedMs" | "method" | "path" | "requestId" | "status" | "statusText"
>

/**
 * Linxio refused credentials, a code or a token, or there is no session. `reason` says which. If a response of Linxio caused the error, it is also
 * `instanceof LinxioApiError` and has the fields of the response.
 *
 * @example
 * ```ts
 * import { createClient, LinxioAuthenticationError } from "linxio-js"
 *
 * const { error } = await createClient().auth.login({ email: "nobody@example.test", password: "wrong" })
 * if (error instanceof LinxioAuthenticationError) console.log(error.reason) // => InvalidCredentials
 * ```
 */
export class LinxioAuthenticationError extends LinxioError {
  readonly _tag = "LinxioAuthenticationError"
  readonly retryable = false
  /** Why the caller is not authenticated. */
  readonly reason: AuthenticationReason
  /** The status of the answer that caused it. */
  declare readonly status?: number
  /** The standard reason phrase of the status. */
  declare readonly statusText?: string
  /** The HTTP method of the refused request. */
  declare readonly method?: string
  /** Its path as it was sent, without the query. */
  declare readonly path?: string
  /** How many times it was sent. */
  declare readonly attempts?: number
  /** From the beginning of the call to its end, in milliseconds. */
  declare readonly elapsedMs?: number
  /** The `X-Request-Id` of the answer, to quote to Linxio's support. */
  declare readonly requestId?: string
  /** The body of the answer with everything that looks like a secret replaced. */
  declare readonly body?: unknown
  /** With `SessionEnded`: how the session ended. */
  declare readonly ended?: SessionEnd
  /** False when the body of the refused request could not be sent a second time. */
  declare readonly replayable?: false
  /** True when the session was refreshed, but this request was not repeated: the next call can succeed. */
  declare readonly sessionRefreshed?: true

  constructor(facts: {
    readonly reason: AuthenticationReason
    readonly message: string
    readonly response?: RefusedAnswer | undefined
    readonly ended?: SessionEnd
    readonly replayable?: false
    readonly sessionRefreshed?: true
  }) {
    super("LinxioAuthenticationError", facts.message)
    this.reason = facts.reason
    const { response } = facts
    if (response) {
      this.status = response.status
      this.statusText = response.statusText
      this.method = response.method
      this.path = response.path
      this.attempts = response.attempts
      this.elapsedMs = response.elapsedMs
      if (response.requestId !== undefined) this.requestId = response.requestId
      if (response.body !== undefined) this.body = response.body
    }
    if (facts.ended) this.ended = facts.ended
    if (facts.replayable === false) this.replayable = false
    if (facts.sessionRefreshed) this.sessionRefreshed = true
  }

  /** True if nobody is signed in, and for the statuses 401 and 403. */
  get isAuthenticationError(): boolean {
    return this.status === undefined || isAuthenticationStatus(this.status)
  }

  /** True for 429; no authentication error has this status today. */
  get isRateLimitError(): boolean {
    return this.status === 429
  }

  /** True for 400 and 422, such as for a wrong one-time code. */
  get isValidationError(): boolean {
    return isValidationStatus(this.status)
  }

  /** The problems that Linxio reports, field by field; empty if it reports none. */
  get issues(): ReadonlyArray<ValidationIssue> {
    return issuesOf(this.body)
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioAuthenticationError")
  }
}
