/**
 * The error family: one base class, one subclass per kind of failure, each with `_tag` and `name`
 * equal to its class name, so that `instanceof`, `error.name` and `Effect.catchTag` all work.
 *
 * These are plain `Error` classes without an Effect type in them: the Promise facade publishes the
 * very same classes. What a constructor is given must already be scrubbed (`internal/scrub.ts`);
 * no error holds a request, a header or a secret (I-32).
 */
/** What is known about the call that failed. `path` never carries query values. */
export interface CallFacts {
  readonly method: string
  readonly path: string
  /** How many times the request was sent, the failing time included; 0 when it was never sent. */
  readonly attempts: number
  readonly elapsedMs: number
}

/** The base of every error that this SDK raises. */
export abstract class LinxioError extends Error {
  abstract readonly _tag: string
  /** Whether the same call, made again a little later, can be expected to have another outcome. */
  abstract readonly retryable: boolean

  constructor(tag: string, message: string, options?: ErrorOptions) {
    super(message, options)
    // Not enumerable, like the `name` of every built-in error; a literal, so that minifying cannot change it.
    Object.defineProperty(this, "name", { value: tag, configurable: true, writable: true })
  }

  /** A plain object for logs: everything the error knows, and no secret. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}

/** An option or an environment variable cannot be used; `option` names it, `issue` says why. */
export class LinxioConfigurationError extends LinxioError {
  readonly _tag = "LinxioConfigurationError"
  readonly retryable = false
  readonly option: string
  readonly issue: string

  constructor(facts: { readonly option: string; readonly issue: string }) {
    super("LinxioConfigurationError", `Linxio is not configured correctly: ${facts.option} ${facts.issue}`)
    this.option = facts.option
    this.issue = facts.issue
  }
}

/** One thing that is wrong with the caller's input. */
export interface ValidationIssue {
  readonly field: string
  readonly issue: string
}

/** The caller's input was refused before anything was sent. */
export class LinxioValidationError extends LinxioError {
  readonly _tag = "LinxioValidationError"
  readonly retryable = false
  readonly issues: ReadonlyArray<ValidationIssue>

  constructor(issues: ReadonlyArray<ValidationIssue>) {
    super("LinxioValidationError", `Invalid input: ${issues.map(({ field, issue }) => `${field} ${issue}`).join("; ")}`)
    this.issues = issues
  }
}

/** No response arrived: the connection was refused, reset, or the host was not found. */
export class LinxioNetworkError<Tag extends string = "LinxioNetworkError"> extends LinxioError {
  readonly _tag: Tag
  readonly retryable: boolean = true
  readonly method: string
  readonly path: string
  readonly attempts: number
  readonly elapsedMs: number
  /** The runtime's code where there is one, such as `ECONNRESET`. */
  declare readonly code?: string
  /** True when the retry budget was spent, so that a retry that would have been made was not. */
  declare readonly retryBudgetExhausted?: true

  constructor(
    facts: CallFacts & {
      readonly message?: string
      readonly code?: string | undefined
      readonly cause?: unknown
      readonly retryBudgetExhausted?: true
    },
    tag: Tag = "LinxioNetworkError" as Tag
  ) {
    super(
      tag,
      facts.message ??
        `No response from Linxio to ${facts.method} ${facts.path}${facts.code ? ` (${facts.code})` : ""} ${times(facts.attempts)}`,
      facts.cause === undefined ? undefined : { cause: facts.cause }
    )
    this._tag = tag
    this.method = facts.method
    this.path = facts.path
    this.attempts = facts.attempts
    this.elapsedMs = facts.elapsedMs
    if (facts.code !== undefined) this.code = facts.code
    if (facts.retryBudgetExhausted) this.retryBudgetExhausted = true
  }
}

/** What a time limit cut short: waiting for the response head, its body, a shared refresh, or the whole call. */
export type TimeoutPhase = "headers" | "body" | "refresh" | "deadline"

/** A time limit passed: `timeoutMs` for one attempt or one wait, `deadlineMs` for the whole call. */
export class LinxioTimeoutError extends LinxioNetworkError<"LinxioTimeoutError"> {
  readonly timeoutMs: number
  readonly phase: TimeoutPhase

  constructor(facts: CallFacts & { readonly timeoutMs: number; readonly phase: TimeoutPhase }) {
    const waitedFor = {
      headers: "no response within",
      body: "the body did not end within",
      refresh: "waiting for the token refresh took more than",
      deadline: "the call's deadline passed after"
    }[facts.phase]
    super(
      { ...facts, message: `${facts.method} ${facts.path}: ${waitedFor} ${facts.timeoutMs} ms ${times(facts.attempts)}` },
      "LinxioTimeoutError"
    )
    this.timeoutMs = facts.timeoutMs
    this.phase = facts.phase
  }
}

/** The caller's signal aborted the call, or the client was closed. `reason` is the signal's own reason. */
export class LinxioAbortError extends LinxioError {
  readonly _tag = "LinxioAbortError"
  readonly retryable = false
  /** The caller's own value: not enumerable, because it is not ours to print. */
  declare readonly reason: unknown

  constructor(facts: { readonly message: string; readonly reason?: unknown }) {
    super("LinxioAbortError", facts.message)
    Object.defineProperty(this, "reason", { value: facts.reason, enumerable: false })
  }
}

/** Linxio answered with a status outside 2xx. */
export class LinxioApiError extends LinxioError {
  readonly _tag = "LinxioApiError"
  readonly retryable: boolean
  readonly reason: "RateLimited" | "PermissionDenied" | "NotFound" | "Redirected" | "ServerError" | "Refused"
  readonly status: number
  readonly statusText: string
  readonly method: string
  readonly path: string
  readonly attempts: number
  readonly elapsedMs: number
  /** The `X-Request-Id` of the answer, to quote to Linxio's support. */
  declare readonly requestId?: string
  /** The body of the answer with everything that looks like a secret replaced. */
  declare readonly body?: unknown
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number
  /** True when an earlier attempt may have been processed: a 404 to a retried DELETE probably means success. */
  declare readonly priorAttemptAmbiguous?: true
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
      Function.prototype[Symbol.hasInstance].call(this, value) ||
      (this === LinxioApiError && value instanceof LinxioAuthenticationError && value.status !== undefined)
    )
  }
}

/** The facts of an answer outside 2xx. */
export interface ApiFacts extends CallFacts {
  readonly message: string
  readonly retryable: boolean
  readonly status: number
  readonly statusText: string
  readonly requestId?: string | undefined
  readonly body?: unknown
  readonly retryAfterMs?: number | undefined
  readonly priorAttemptAmbiguous?: true
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
  readonly cause: "refresh-denied" | "refresh-token-missing"
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The status of the refusal. */
  readonly status: number
  /** True when an earlier attempt of the same refresh got no answer: the server may have replaced the token then. */
  readonly ambiguous: boolean
}

/** Credentials, a code, a token or a session were refused, or there is no session. `reason` says which. */
export class LinxioAuthenticationError extends LinxioError {
  readonly _tag = "LinxioAuthenticationError"
  readonly retryable = false
  readonly reason: AuthenticationReason
  declare readonly status?: number
  declare readonly statusText?: string
  declare readonly method?: string
  declare readonly path?: string
  declare readonly attempts?: number
  declare readonly requestId?: string
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
}

/** Linxio answered 2xx, but the body is not what the contract says; `issue` says where. */
export class LinxioDecodeError extends LinxioError {
  readonly _tag = "LinxioDecodeError"
  readonly retryable = false
  readonly method: string
  readonly path: string
  readonly status: number
  readonly issue: string

  constructor(facts: { readonly method: string; readonly path: string; readonly status: number; readonly issue: string }) {
    super(
      "LinxioDecodeError",
      `Linxio's answer to ${facts.method} ${facts.path} (${facts.status}) is not what the contract says: ${facts.issue}`
    )
    this.method = facts.method
    this.path = facts.path
    this.status = facts.status
    this.issue = facts.issue
  }
}

/** The session store could not do what it was asked; `operation` names it, `cause` is what the store said. */
export class LinxioStoreError extends LinxioError {
  readonly _tag = "LinxioStoreError"
  readonly retryable = true
  readonly operation: "load" | "save" | "clear" | "lock"

  constructor(facts: { readonly operation: LinxioStoreError["operation"]; readonly issue: string; readonly cause?: unknown }) {
    super(
      "LinxioStoreError",
      `The session store failed to ${facts.operation}: ${facts.issue}`,
      facts.cause === undefined ? undefined : { cause: facts.cause }
    )
    this.operation = facts.operation
  }
}

/** Everything that a call can fail with: the error channel of each effect in this package. */
export type LinxioFailure =
  | LinxioValidationError
  | LinxioNetworkError
  | LinxioTimeoutError
  | LinxioAbortError
  | LinxioApiError
  | LinxioAuthenticationError
  | LinxioDecodeError
  | LinxioStoreError

const reasonOf = (status: number): LinxioApiError["reason"] => {
  if (status === 429) return "RateLimited"
  if (status === 403) return "PermissionDenied"
  if (status === 404) return "NotFound"
  if (status >= 300 && status < 400) return "Redirected"
  return status >= 500 ? "ServerError" : "Refused"
}

const times = (attempts: number): string =>
  attempts === 0 ? "(not sent)" : attempts === 1 ? "(1 attempt)" : `(${attempts} attempts)`
