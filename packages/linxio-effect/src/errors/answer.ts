/** Errors that are caused by a response of Linxio. */
import { type CallFacts, hasTag, isOf, LinxioError } from "./base.ts"
import { issuesOf, type ValidationIssue } from "./issues.ts"

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
  /** The meaning of the status: 429, 403, 404, 3xx except 304, 5xx, or any other. */
  readonly reason: "RateLimited" | "PermissionDenied" | "NotFound" | "Redirected" | "ServerError" | "Refused"
  /** The status of the response; 0 for a redirect that a browser hides. */
  readonly status: number
  /** The standard reason phrase of the status, or an empty text. */
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
  /** True when the call was not retried because the retry budget was empty. */
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

  /** True for 401 and 403: the token or the role of the user does not allow it. */
  get isAuthenticationError(): boolean {
    return isAuthenticationStatus(this.status)
  }

  /** True for 429. */
  get isRateLimitError(): boolean {
    return this.status === 429
  }

  /** True for 400 and 422: `issues` says which fields were refused, where Linxio names them. */
  get isValidationError(): boolean {
    return isValidationStatus(this.status)
  }

  /** The problems that Linxio reports, field by field; empty if it reports none. */
  get issues(): ReadonlyArray<ValidationIssue> {
    return issuesOf(this.body)
  }

  /** An authentication error with a response is also an API error. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      isOf(this, value, "LinxioApiError") ||
      (this === LinxioApiError &&
        hasTag(value, "LinxioAuthenticationError") &&
        Reflect.get(value, "status") !== undefined)
    )
  }
}

/** The facts of a response outside 2xx. */
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

/**
 * Linxio answered 2xx, but the body does not match the contract; `issue` says where.
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

export const isAuthenticationStatus = (status: number | undefined): boolean => status === 401 || status === 403

export const isValidationStatus = (status: number | undefined): boolean => status === 400 || status === 422

const reasonOf = (status: number): LinxioApiError["reason"] => {
  if (status === 429) return "RateLimited"
  if (status === 403) return "PermissionDenied"
  if (status === 404) return "NotFound"
  if (isRedirect(status)) return "Redirected"
  return status >= 500 ? "ServerError" : "Refused"
}
