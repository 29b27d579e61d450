/** Errors that arise on this side of the wire: configuration, input, the caller's own abort, the store. */
import { LinxioError } from "./base.ts"

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

/** The session store could not do what it was asked; `operation` names it, `cause` is what the store said. */
export class LinxioStoreError extends LinxioError {
  readonly _tag = "LinxioStoreError"
  readonly retryable = true
  readonly operation: "load" | "save" | "clear" | "lock"

  constructor(facts: {
    readonly operation: LinxioStoreError["operation"]
    readonly issue: string
    readonly cause?: unknown
  }) {
    super(
      "LinxioStoreError",
      `The session store failed to ${facts.operation}: ${facts.issue}`,
      facts.cause === undefined ? undefined : { cause: facts.cause }
    )
    this.operation = facts.operation
  }
}
