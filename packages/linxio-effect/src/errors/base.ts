import { YieldableError } from "./yieldable.ts"

/** What is known about the call that failed. `path` never carries query values. */
export interface CallFacts {
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it was sent, such as `/api/vehicles`, without the query. */
  readonly path: string
  /** How many times the request was sent, the failed attempt included; 0 when it was never sent. */
  readonly attempts: number
  /** From the beginning of the call to its end, in milliseconds. */
  readonly elapsedMs: number
}

const brand = Symbol.for("linxio-effect/LinxioError")

/**
 * The test of `instanceof`: whether `value` is an instance, or an error of another copy of the SDK, such as the CommonJS one beside the ESM one.
 * Only the SDK's own classes check the brand; a user's subclass has only its own instances.
 */
export const isOf = (asked: object, value: unknown, ...tags: ReadonlyArray<string>): boolean => {
  if (Function.prototype[Symbol.hasInstance].call(asked, value)) return true
  return Object.hasOwn(asked, Symbol.hasInstance) && hasTag(value, ...tags)
}

/** Whether `value` is an error of the SDK, of any copy of it, with one of the tags; without tags, with any. */
export const hasTag = (value: unknown, ...tags: ReadonlyArray<string>): value is object => {
  if (value === null || typeof value !== "object") return false
  const tag: unknown = Reflect.get(value, brand)
  return typeof tag === "string" && (tags.length === 0 || tags.includes(tag))
}

/**
 * The base of every error that this SDK raises: `name` and `_tag` are the class name.
 *
 * @example
 * ```ts
 * import { createClient, LinxioError } from "linxio-js"
 *
 * const linxio = createClient()
 * const error = await linxio.request("GET", "/vehicles/count").catch((error: unknown) => error)
 * if (error instanceof LinxioError) console.log(error.name, error.retryable) // => LinxioAuthenticationError false
 * ```
 */
export abstract class LinxioError extends YieldableError {
  /** The class name, for `switch` and `Effect.catchTag`. */
  abstract readonly _tag: string
  /** Whether the same call can succeed if it is made again later. */
  abstract readonly retryable: boolean

  /** With one argument, it is the message, and the name is that of the class: for your own subclasses. */
  constructor(name: string, message?: string, options?: ErrorOptions) {
    super(message ?? name, options)
    const tag = message === undefined ? new.target.name : name
    Object.defineProperties(this, {
      // Not enumerable, like the `name` of every built-in error; a literal, so that minifying cannot change it.
      name: { value: tag, configurable: true, writable: true },
      [brand]: { value: tag }
    })
  }

  /** Recognises errors of every copy of the SDK in the process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isOf(this, value)
  }

  /** A plain object for logs: all fields of the error, without secrets. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}
