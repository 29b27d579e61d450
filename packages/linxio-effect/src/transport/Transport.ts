/**
 * Sends one request and returns its whole response. Does not know sessions, retries or errors of this SDK.
 *
 * `effect.ts` makes a transport from the application's Effect `HttpClient`, `fetch.ts` from a `fetch`, `node.ts` from `node:http`;
 * docs/decisions/0013-transport.md compares their costs.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Headers } from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { unimplemented } from "../config/unimplemented.ts"

/** A body that is read chunk by chunk; nothing is read before `next` is called. */
export interface IncomingBody {
  /** The next chunk, or undefined at the end. Rejects if the body breaks off. Must not be called again before it has settled. */
  readonly next: () => Promise<Uint8Array | undefined>
  /** Closes the connection. */
  readonly cancel: () => void
}

/** How to read the body of a response. */
export type BodyAs = "bytes" | "text" | "stream"

/** A response whose body has arrived or, for a stream, begins to arrive. */
export interface Answer {
  readonly _tag: "Answered"
  /** The status of the response; 0 for a redirect that a browser hides. */
  readonly status: number
  /** The headers, with names in lower case. */
  readonly headers: Headers
  /** The final URL; empty if it is not known. */
  readonly url: string
  /** The whole body; for a 2xx that was requested as a stream, its chunks. */
  readonly content: ArrayBuffer | string | IncomingBody
  /** Effect's response if the transport is Effect's; it has cookies and the remote address. */
  readonly response?: HttpClientResponse | undefined
}

/** Why there is no response. */
export type TransportFailure =
  | { readonly _tag: "Unsendable" }
  | { readonly _tag: "Broken"; readonly cause: unknown }
  | { readonly _tag: "TimedOut"; readonly phase: "body" | "headers" }
  | { readonly _tag: "TooLarge"; readonly status: number }

/** How an exchange ended. */
export type Outcome = Answer | TransportFailure

/** The methods of a transport. */
export interface TransportService {
  /**
   * Identifies the transport: clients whose transports have the same identity share the refresh of a refresh token (docs/guarantees.md#i-1). Use the
   * `fetch` or the `HttpClient` that sends the requests, not an object that is made for one client.
   */
  readonly identity: object
  /**
   * Sends the request once, follows no redirect (docs/guarantees.md#i-33), and reads the whole body. A body of more than `maxBytes` after decompression is
   * `TooLarge`; for a status outside 2xx the response then has no body. After `limitMs`, or when interrupted, it stops at once and closes the
   * connection (docs/guarantees.md#i-27). A failure is returned as a value, which `HttpClient` maps to an error.
   *
   * As a stream, the body of a 2xx is read and ended by the caller; `maxBytes` and `limitMs` do not apply to it. If the caller does not start to read
   * within `limitMs`, the connection is closed.
   */
  readonly exchange: (
    request: HttpClientRequest,
    limitMs: number,
    bodyAs: BodyAs,
    maxBytes: number
  ) => Effect.Effect<Outcome>
}

/**
 * Sends the requests of a client. Clients with the same transport share the refresh of a refresh token (docs/guarantees.md#i-1).
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
   * For tests: a transport made from one function, with an identity of its own. Without the function, each request dies with an error that names it.
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
