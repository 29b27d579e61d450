/** Errors that an answer of Linxio caused. */
import { type CallFacts, isOf, LinxioError } from "./base.ts"

/**
 * Linxio answered with a status outside 2xx.
 *
 * @example
 * ```ts
 * import { createClient, LinxioApiError } from "linxio-js"
 *
 * const fetch = async () => Response.json({ code: 404, message: "No such vehicle" }, { status: 404 })
 * const linxio = createClient({ fetch, token: "a.b.c" })
 * const error = await linxio.request("GET", "/vehicles/9").catch((error: unknown) => error)
 * if (error instanceof LinxioApiError) console.log(error.status, error.reason) // => 404 NotFound
 * ```
 */
export class LinxioApiError extends LinxioError {
  readonly _tag = "LinxioApiError"
  readonly retryable: boolean
  /** What the status means: 429, 403, 404, 3xx but 304, 5xx, or any other. */
  readonly reason: "RateLimited" | "PermissionDenied" | "NotFound" | "Redirected" | "ServerError" | "Refused"
  /** The status of the answer; 0 for a redirect that a browser hides. */
  readonly status: number
  /** The usual words for the status, or nothing. */
  readonly statusText: string
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it was sent, such as `/api/vehicles`, without the query. */
  readonly path: string
  /** How many times the request was sent; 0 when it was never sent. */
  readonly attempts: number
  /** From the beginning of the call to its end, in milliseconds. */
  readonly elapsedMs: number
  /** The `X-Request-Id` of the answer, to quote to Linxio's support. */
  declare readonly requestId?: string
  /** The body of the answer with everything that looks like a secret replaced. */
  declare readonly body?: unknown
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number
  /** True when an earlier attempt may have been processed: a 404 to a retried DELETE probably means success. */
  declare readonly priorAttemptAmbiguous?: true
  /** True when the retry budget was spent, so that a retry that would have been made was not. */
  declare readonly retryBudgetExhausted?: true

  constructor(facts: ApiFacts) {
    super("LinxioApiError", facts.message)
    this.retryable = facts.retryable
    this.reason = reasonOf(facts.status)
    this.status = facts.status
    this.statusText = facts.statusText
    this.method = facts.method
    this.path = facts.path
    this.attempts = facts.attempts
    this.elapsedMs = facts.elapsedMs
    if (facts.requestId !== undefined) this.requestId = facts.requestId
    if (facts.body !== undefined) this.body = facts.body
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs
    if (facts.priorAttemptAmbiguous) this.priorAttemptAmbiguous = true
    if (facts.retryBudgetExhausted) this.retryBudgetExhausted = true
  }

  /** An authentication error that a response caused is an API error as well. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      isOf(this, value, "LinxioApiError") ||
      (this === LinxioApiError && value instanceof LinxioAuthenticationError && value.status !== undefined)
    )
  }
}

/** The facts of an answer outside 2xx. */
export interface ApiFacts extends CallFacts {
  /** A sentence without a secret. */
  readonly message: string
  /** Whether trying again later makes sense. */
  readonly retryable: boolean
  /** The status of the answer. */
  readonly status: number
  /** The usual words for the status. */
  readonly statusText: string
  /** The `X-Request-Id` of the answer. */
  readonly requestId?: string | undefined
  /** The body of the answer, already without secrets. */
  readonly body?: unknown
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Whether an earlier attempt may have been processed. */
  readonly priorAttemptAmbiguous?: true
  /** Whether the retry budget was spent. */
  readonly retryBudgetExhausted?: true
}

/** Why a caller is not, or no longer, authenticated. */
export type AuthenticationReason =
  | "InvalidCredentials"
  | "AccountBlocked"
  | "PhoneUnverified"
  | "InvalidCode"
  | "NotSignedIn"
  | "SessionEnded"
  | "SessionChanged"
  | "Unauthenticated"

/** How and when a session came to its end. */
export interface SessionEnd {
  /** Why: Linxio refused the refresh token, or there was none. */
  readonly cause: "refresh-denied" | "refresh-token-missing"
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The status of the refusal. */
  readonly status: number
  /** True when an earlier attempt of the same refresh got no answer: the server may have replaced the token then. */
  readonly ambiguous: boolean
}

/**
 * Credentials, a code, a token or a session were refused, or there is no session. `reason` says which. Where an answer of Linxio caused it, it
 * is `instanceof LinxioApiError` as well and has the fields of the answer.
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
  /** What was refused, or is missing. */
  readonly reason: AuthenticationReason
  /** The status of the answer that caused it. */
  declare readonly status?: number
  /** The usual words for the status. */
  declare readonly statusText?: string
  /** The HTTP method of the request that was answered so. */
  declare readonly method?: string
  /** Its path as it was sent, without the query. */
  declare readonly path?: string
  /** How many times it was sent. */
  declare readonly attempts?: number
  /** The `X-Request-Id` of the answer, to quote to Linxio's support. */
  declare readonly requestId?: string
  /** The body of the answer with everything that looks like a secret replaced. */
  declare readonly body?: unknown
  /** With `SessionEnded`: how the session ended. */
  declare readonly ended?: SessionEnd
  /** False when the body of the refused request could not be sent a second time. */
  declare readonly replayable?: false
  /** True when the session was refreshed although this request was not repeated: the next call works. */
  declare readonly sessionRefreshed?: true

  constructor(facts: {
    readonly reason: AuthenticationReason
    readonly message: string
    readonly response?: LinxioApiError | undefined
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
      if (response.requestId !== undefined) this.requestId = response.requestId
      if (response.body !== undefined) this.body = response.body
    }
    if (facts.ended) this.ended = facts.ended
    if (facts.replayable === false) this.replayable = false
    if (facts.sessionRefreshed) this.sessionRefreshed = true
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioAuthenticationError")
  }
}

/**
 * Linxio answered 2xx, but the body is not what the contract says; `issue` says where.
 *
 * @example
 * ```ts
 * import { createClient, LinxioDecodeError } from "linxio-js"
 *
 * const linxio = createClient({ fetch: async () => new Response("<html>"), token: "a.b.c" })
 * const error = await linxio.request("GET", "/vehicles/count").catch((error: unknown) => error)
 * if (error instanceof LinxioDecodeError) console.log(error.status, error.path) // => 200 /api/vehicles/count
 * ```
 */
export class LinxioDecodeError extends LinxioError {
  readonly _tag = "LinxioDecodeError"
  readonly retryable = false
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it was sent, such as `/api/vehicles`, without the query. */
  readonly path: string
  /** The status of the answer: a 2xx. */
  readonly status: number
  /** What is wrong with the body, without its values. */
  readonly issue: string

  constructor(facts: {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly issue: string
  }) {
    super(
      "LinxioDecodeError",
      `Linxio's answer to ${facts.method} ${facts.path} (${facts.status}) is not what the contract says: ${facts.issue}`
    )
    this.method = facts.method
    this.path = facts.path
    this.status = facts.status
    this.issue = facts.issue
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioDecodeError")
  }
}

/** A browser shows 0 in place of a redirect that it was told not to follow; 304 is about a cache and leads nowhere. */
export const isRedirect = (status: number): boolean => status === 0 || (status >= 300 && status < 400 && status !== 304)

const reasonOf = (status: number): LinxioApiError["reason"] => {
  if (status === 429) return "RateLimited"
  if (status === 403) return "PermissionDenied"
  if (status === 404) return "NotFound"
  if (isRedirect(status)) return "Redirected"
  return status >= 500 ? "ServerError" : "Refused"
}
