/** Errors of requests without a response. */
import { type CallFacts, isOf, LinxioError } from "./base.ts"

/**
 * No response arrived: the connection was refused or reset, or the host was not found. The message ends with the runtime's error message.
 *
 * @example
 * ```ts
 * import { createClient, LinxioNetworkError } from "linxio-js"
 *
 * const fetch = () => Promise.reject(new TypeError("fetch failed"))
 * const linxio = createClient({ fetch, token: "a.b.c", retry: { retries: 0 } })
 * const error = await linxio.request("GET", "/vehicles/count").catch((error: unknown) => error)
 * if (error instanceof LinxioNetworkError) console.log(error.attempts, error.retryable) // => 1 true
 * ```
 */
export class LinxioNetworkError<Tag extends string = "LinxioNetworkError"> extends LinxioError {
  readonly _tag: Tag
  readonly retryable: boolean = true
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it was sent, such as `/api/vehicles`, without the query. */
  readonly path: string
  /** How many times the request was sent; 0 when it was never sent. */
  readonly attempts: number
  /** From the beginning of the call to its end, in milliseconds. */
  readonly elapsedMs: number
  /** The runtime's code where there is one, such as `ECONNRESET`. */
  declare readonly code?: string
  /** True when the call was not retried because the retry budget was empty. */
  declare readonly retryBudgetExhausted?: true

  constructor(
    facts: CallFacts & {
      readonly message?: string
      readonly code?: string | undefined
      /** The cause in the message, already without secrets. */
      readonly because?: string | undefined
      readonly cause?: unknown
      readonly retryBudgetExhausted?: true
    },
    tag: Tag = "LinxioNetworkError" as Tag
  ) {
    super(
      tag,
      facts.message ??
        `No response from Linxio to ${facts.method} ${facts.path} ${times(facts.attempts)}${facts.because ? `: ${facts.because}` : ""}`,
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

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioNetworkError", "LinxioTimeoutError")
  }
}

/**
 * What was waited for when a time limit passed: the response head, the body, the next part of a streamed body (`idle`), a shared refresh (`refresh`), the
 * stored session (`restore`), an automatic sign-in (`signIn`), or the whole call (`deadline`).
 */
export type TimeoutPhase = "headers" | "body" | "idle" | "refresh" | "restore" | "signIn" | "deadline"

/**
 * A time limit passed: `timeoutMs` for one attempt or one wait, `deadlineMs` for the whole call. It is a `LinxioNetworkError` as well.
 *
 * @example
 * ```ts
 * import { createClient, LinxioTimeoutError } from "linxio-js"
 *
 * const never = () => new Promise<Response>(() => undefined)
 * const linxio = createClient({ fetch: never, token: "a.b.c", timeoutMs: 20 })
 * const error = await linxio.request("GET", "/vehicles/count").catch((error: unknown) => error)
 * if (error instanceof LinxioTimeoutError) console.log(error.phase, error.timeoutMs) // => headers 20
 * ```
 */
export class LinxioTimeoutError extends LinxioNetworkError<"LinxioTimeoutError"> {
  /** The limit that passed, in milliseconds. */
  readonly timeoutMs: number
  /** What was waited for. */
  readonly phase: TimeoutPhase

  constructor(
    facts: CallFacts & {
      readonly timeoutMs: number
      readonly phase: TimeoutPhase
      readonly retryBudgetExhausted?: true
    }
  ) {
    const waitedFor = {
      headers: "no response within",
      body: "the body did not end within",
      idle: "nothing of the streamed body was received or read within",
      refresh: "waiting for the token refresh took more than",
      restore: "reading the stored session took more than",
      signIn: "waiting for the automatic sign-in took more than",
      deadline: "the call's deadline passed after"
    }[facts.phase]
    super(
      {
        ...facts,
        message: `${facts.method} ${facts.path}: ${waitedFor} ${facts.timeoutMs} ms ${times(facts.attempts)}`
      },
      "LinxioTimeoutError"
    )
    this.timeoutMs = facts.timeoutMs
    this.phase = facts.phase
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value, "LinxioTimeoutError")
  }
}

export const times = (attempts: number): string =>
  attempts === 0 ? "(not sent)" : attempts === 1 ? "(1 attempt)" : `(${attempts} attempts)`
