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
