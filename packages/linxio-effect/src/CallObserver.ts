/**
 * The one place where the engine reports the events of a call: start, attempt, retry, refresh, wait for a refresh. `Telemetry` makes spans and metrics
 * from them, the Promise facade makes its events.
 *
 * An observer wraps the effects that it is given, so that it can measure them, put a span around them, and see an interruption. It must give
 * them back unchanged in their outcome.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type { Headers } from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { LinxioFailure } from "./LinxioError.ts"

/** A running call: `attempts` and `href` change while it runs. Contains no secret. */
export interface ObservedCall {
  /** The HTTP method, in capitals. */
  readonly method: string
  /** The path as it is sent, such as `/api/vehicles`, without the query. */
  readonly path: string
  /** The path with the names of its parameters in place of their values, such as `/vehicles/:id`, where it is known. */
  readonly urlTemplate: string | undefined
  /** The URL of the request. Contains a query only if the caller wrote it into the path. */
  readonly href: string
  /** How many attempts were sent so far. */
  readonly attempts: number
  /** Receives the attempts of this call; set by the observer when the call begins. */
  listener: CallListener | undefined
}

/** How one attempt ended, as the transport reports it. */
export type AttemptOutcome =
  | { readonly _tag: "Answered"; readonly status: number; readonly headers: Headers }
  | { readonly _tag: "Unsendable" | "Broken" | "TimedOut" | "TooLarge" }

/** Observes one running call. */
export interface CallListener {
  /**
   * Sends one attempt with `send`. May add headers to the request; must return the result of `send`. `requestIdOf` reads the `x-request-id` of the
   * response, with secrets removed that a server may have echoed in it.
   */
  readonly attempt: <A extends AttemptOutcome>(
    request: HttpClientRequest,
    send: (request: HttpClientRequest) => Effect.Effect<A>,
    requestIdOf: (outcome: AttemptOutcome) => string | undefined
  ) => Effect.Effect<A>
  /** Another attempt follows after `delayMs`, because of `failure`. */
  readonly retry: (failure: LinxioFailure, delayMs: number) => void
}

/** Identifies a refresh of a client: the epoch and generation of the tokens that it replaces. */
export interface RefreshKey {
  /** The identity of the session: incremented by every sign-in and sign-out. */
  readonly epoch: number
  /** The version of the tokens: incremented by every refresh. */
  readonly generation: number
}

/** The observer of one client. */
export interface CallObserverService {
  /** Whether calls of this fiber are observed. Asked once, at the start of each call; if false, a call has no further cost. */
  readonly isOn: (fiber: Fiber.Fiber<unknown, unknown>) => boolean
  /** A call from its start to its end, all attempts and waits included. May set `call.listener`. */
  readonly call: <A>(
    fiber: Fiber.Fiber<unknown, unknown>,
    call: ObservedCall,
    run: Effect.Effect<A, LinxioFailure>
  ) => Effect.Effect<A, LinxioFailure>
  /** The work of one refresh, from the store to the store. May provide `RefreshListener` to it. */
  readonly refresh: <A>(key: RefreshKey, work: Effect.Effect<A, LinxioFailure>) => Effect.Effect<A, LinxioFailure>
  /** The wait of one call for the refresh with this key, which may have begun earlier. */
  readonly wait: <A>(key: RefreshKey, waiting: Effect.Effect<A, LinxioFailure>) => Effect.Effect<A, LinxioFailure>
}

/**
 * The observer of the clients that are built where it is provided; undefined where nobody observes. `Linxio.layer` and its siblings provide
 * `Telemetry`; `Linxio.layerNoTelemetry` takes the one that is there.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { CallObserver } from "linxio-effect"
 *
 * console.log(await Effect.runPromise(CallObserver)) // => undefined
 * ```
 */
export const CallObserver = Context.Reference<CallObserverService | undefined>("linxio-effect/CallObserver", {
  defaultValue: () => undefined
})

/** The status or the error name of a failed attempt. The error itself is built later, and only if the call fails. */
export const errorTypeOfAttempt = (outcome: AttemptOutcome): string | undefined => {
  switch (outcome._tag) {
    case "Answered":
      return outcome.status >= 400 ? String(outcome.status) : undefined
    case "Broken":
      return "LinxioNetworkError"
    case "TimedOut":
      return "LinxioTimeoutError"
    case "TooLarge":
      return "LinxioDecodeError"
    case "Unsendable":
      return "LinxioValidationError"
  }
}

/** Makes the listener of the request that a refresh sends; the observer provides it to the fiber that refreshes. */
export const RefreshListener = Context.Reference<((call: ObservedCall) => CallListener) | undefined>(
  "linxio-effect/RefreshListener",
  { defaultValue: () => undefined }
)
