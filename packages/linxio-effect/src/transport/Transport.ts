/**
 * The last room of the corridor: one request out, its whole answer in. It knows nothing of sessions, retries or errors of this SDK.
 *
 * `effect.ts` makes one of the application's Effect `HttpClient`, `fetch.ts` one of a `fetch`, `node.ts` one of `node:http`;
 * docs/decisions/0013-transport.md has what each of them costs.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Headers } from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { unimplemented } from "../config/unimplemented.ts"

/** An answer whose body has arrived. */
export interface Answer {
  readonly _tag: "Answered"
  /** Of the answer; 0 for a redirect that a browser hides. */
  readonly status: number
  /** By lower-case name. */
  readonly headers: Headers
  /** Empty where it is not known. */
  readonly url: string
  /** The whole body. */
  readonly content: ArrayBuffer | string
  /** Effect's own response, where the transport is Effect's; it knows cookies and addresses. */
  readonly response?: HttpClientResponse | undefined
}

/** Why there is no answer. */
export type TransportFailure =
  | { readonly _tag: "Unsendable" }
  | { readonly _tag: "Broken"; readonly cause: unknown }
  | { readonly _tag: "TimedOut"; readonly phase: "body" | "headers" }

/** How an exchange ended. */
export type Outcome = Answer | TransportFailure

/** What a transport does. */
export interface TransportService {
  /**
   * What makes two transports the same one: clients whose transports have the same identity share what they learn about a refresh token
   * (I-1). The `fetch` or the `HttpClient` that requests are sent with, and never an object made for one client.
   */
  readonly identity: object
  /**
   * Sends the request once, follows no redirect (I-33), and reads the body to its end, as text where the caller wants nothing else.
   * After `limitMs`, and when it is interrupted, it stops at once and lets the connection go (I-27). Its failure is a value, because
   * what it means is for the corridor to say.
   */
  readonly exchange: (request: HttpClientRequest, limitMs: number, bodyAs: "bytes" | "text") => Effect.Effect<Outcome>
}

/**
 * What carries the requests of a client. Clients on the same transport share what they learn about a refresh token (I-1).
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio, SessionStore } from "linxio-effect"
 * import { layerNode } from "linxio-effect/transport/node"
 *
 * const linxio = Linxio.layerNoDeps().pipe(Layer.provide(layerNode()), Layer.provide(SessionStore.layerMemory()))
 * ```
 */
export class Transport extends Context.Service<Transport, TransportService>()("linxio-effect/transport/Transport") {
  /**
   * For tests: a transport on one function, and another one than every other transport. Without the function, each request dies with a message
   * that names it.
   *
   * @example
   * ```ts
   * import * as Effect from "effect/Effect"
   * import * as Headers from "effect/http/Headers"
   * import { Transport } from "linxio-effect"
   *
   * const layer = Transport.layerTest({
   *   exchange: ({ url }) =>
   *     Effect.succeed({ _tag: "Answered", status: 200, headers: Headers.empty, url, content: '{"count":3}' })
   * })
   * ```
   */
  static readonly layerTest = (partial: Partial<TransportService>): Layer.Layer<Transport> =>
    Layer.sync(Transport, () => unimplemented<TransportService>("Transport", { identity: {}, ...partial }))
}
