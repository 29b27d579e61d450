/** Errors without a request: configuration, input, abort, store. */
import { wordsOf } from "./scrub.ts"
import { isOf, LinxioError } from "./base.ts"
import type { ValidationIssue } from "./issues.ts"

/**
 * An option or an environment variable is invalid; `option` names it, `issue` says why. `createClient` throws it.
 *
 * @example
 * ```ts
 * import { createClient, LinxioConfigurationError } from "linxio-js"
 *
 * try {
 *   createClient({ timeoutMs: 0 })
 * } catch (error) {
 *   if (error instanceof LinxioConfigurationError) console.log(error.option) // => timeoutMs
 * }
 * ```
 */
export class LinxioConfigurationError extends LinxioError {
  readonly _tag = "LinxioConfigurationError"
  readonly retryable = false
  /** The option, such as `retry.delayMs`. */
  readonly option: string
  /** What is wrong with it. */
  readonly issue: string

  constructor(facts: { readonly option: string; readonly issue: string }) {
    super("LinxioConfigurationError", `Linxio is not configured correctly: ${facts.option} ${facts.issue}`)
    this.option = facts.option
    this.issue = facts.issue
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioConfigurationError")
  }
}

/**
 * The caller's input is invalid. Nothing was sent, unless the given `fetch` is the problem.
 *
 * @example
 * ```ts
 * import { createClient, LinxioValidationError } from "linxio-js"
 *
 * const { error } = await createClient().auth.login({ email: "", password: "" })
 * if (error instanceof LinxioValidationError) console.log(error.issues.map(({ field }) => field)) // => [ 'email', 'password' ]
 * ```
 */
export class LinxioValidationError extends LinxioError {
  readonly _tag = "LinxioValidationError"
  readonly retryable = false
  /** All problems of the input, at least one. */
  readonly issues: ReadonlyArray<ValidationIssue>

  constructor(issues: ReadonlyArray<ValidationIssue>) {
    super("LinxioValidationError", `Invalid input: ${issues.map(({ field, issue }) => `${field} ${issue}`).join("; ")}`)
    this.issues = issues
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioValidationError")
  }
}

/**
 * The caller's signal aborted the call, or the client was closed. `reason` is the signal's own reason.
 *
 * @example
 * ```ts
 * import { createClient, LinxioAbortError } from "linxio-js"
 *
 * const { error } = await createClient().auth.me({ signal: AbortSignal.abort("the user left") })
 * if (error instanceof LinxioAbortError) console.log(error.reason) // => the user left
 * ```
 */
export class LinxioAbortError extends LinxioError {
  readonly _tag = "LinxioAbortError"
  readonly retryable = false
  /** The reason of the signal. Not enumerable, so that logs do not print it. If it is a text or an error, the message ends with its text. */
  declare readonly reason: unknown

  constructor(facts: { readonly message: string; readonly reason?: unknown }) {
    const words = wordsOf(facts.reason)
    super(
      "LinxioAbortError",
      words === undefined || facts.message.includes(words) ? facts.message : `${facts.message}: ${words}`
    )
    Object.defineProperty(this, "reason", { value: facts.reason, enumerable: false })
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioAbortError")
  }
}

/**
 * The session store failed. `operation` says what it was doing, `cause` is its error.
 *
 * @example
 * ```ts
 * import { createClient, LinxioStoreError } from "linxio-js"
 *
 * const unreachable = () => Promise.reject(new Error("the database is away"))
 * const linxio = createClient({ store: { load: unreachable, swap: unreachable } })
 * const error = await linxio.request("GET", "/vehicles/count").catch((error: unknown) => error)
 * if (error instanceof LinxioStoreError) console.log(error.operation) // => load
 * ```
 */
export class LinxioStoreError extends LinxioError {
  readonly _tag = "LinxioStoreError"
  readonly retryable = true
  /** The failed operation: reading or writing the record. */
  readonly operation: "load" | "save"
  /** The message of the store's error, without secrets. */
  readonly issue: string

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
    this.issue = facts.issue
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioStoreError")
  }
}
