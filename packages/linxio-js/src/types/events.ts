/** The events of a client. */
import type { LinxioFailure } from "linxio-effect/LinxioError"

/**
 * The fields of every event.
 *
 * @example
 * ```ts
 * import type { ClientEvent } from "linxio-js"
 *
 * const keyOf = ({ at, id }: ClientEvent) => `${id}/${at}`
 * ```
 */
interface Numbered {
  /** The number of the call or the refresh in this client. An attempt or a retry has the number of its call or refresh. */
  readonly id: number
  /** When it began, in milliseconds since the epoch. */
  readonly at: number
}

/**
 * The facts at the end of a call or a refresh.
 *
 * @example
 * ```ts
 * import type { ClientEvent } from "linxio-js"
 *
 * const outcomeOf = (event: ClientEvent) => (event.type === "call" ? (event.error?.name ?? event.status) : undefined)
 * ```
 */
interface Ended extends Numbered {
  /** How long it took, in milliseconds. */
  readonly durationMs: number
  /** How many requests were sent for it. */
  readonly attempts: number
  /** The HTTP method, in capitals; absent where nothing was sent. */
  readonly method?: string
  /** The path as it is sent, without the query; absent where nothing was sent. */
  readonly path?: string
  /** The path with the names of its parameters in place of their values, where the contract knows it. */
  readonly urlTemplate?: string
  /** The status of the last answer. */
  readonly status?: number
  /** The `x-request-id` of the last response, also of a successful one. */
  readonly requestId?: string
  /** Why it failed. */
  readonly error?: LinxioFailure
}

/**
 * An event of a call or of a refresh. Contains no secret: no query, no header, no body.
 *
 * @example
 * ```ts
 * import type { ClientEvent } from "linxio-js"
 *
 * const isSlow = (event: ClientEvent) => event.type === "call" && event.durationMs > 1_000
 * ```
 */
export type ClientEvent =
  | (Numbered & {
      /** A method was called. */
      readonly type: "callStarted"
      /** The method of the client, such as `auth.login` or `request`. */
      readonly name: string
    })
  | (Ended & {
      /** A call ended. */
      readonly type: "call"
      /** The method of the client, such as `auth.login` or `request`. */
      readonly name: string
      /** How long it waited for refreshes, in milliseconds. */
      readonly waitedMs: number
    })
  | (Numbered & {
      /** One request was sent; it got a response or failed. */
      readonly type: "attempt"
      /** How long it took, in milliseconds. */
      readonly durationMs: number
      /** Which attempt it is: 1 for the first. */
      readonly attempt: number
      /** The HTTP method, in capitals. */
      readonly method: string
      /** The path as it is sent, without the query. */
      readonly path: string
      /** The path with the names of its parameters in place of their values, where the contract knows it. */
      readonly urlTemplate?: string
      /** The status of the answer. */
      readonly status?: number
      /** The `x-request-id` of the answer. */
      readonly requestId?: string
      /** The status or the error name of a failed attempt. */
      readonly errorType?: string
    })
  | (Numbered & {
      /** An attempt failed, and another follows. */
      readonly type: "retry"
      /** Which attempt failed: 1 for the first. */
      readonly attempt: number
      /** The delay before the next attempt, in milliseconds. */
      readonly delayMs: number
      /** The error of the failed attempt. */
      readonly error: LinxioFailure
    })
  | (Numbered & {
      /** A refresh of the tokens began; all calls that wait for it share it. */
      readonly type: "refreshStarted"
    })
  | (Ended & {
      /** A refresh of the tokens ended. */
      readonly type: "refresh"
    })
