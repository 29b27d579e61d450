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

/** A body that arrives chunk by chunk; nothing is read ahead of `next`. */
export interface IncomingBody {
  /** The next chunk, or undefined at the end; rejects where the body breaks off. Asked again only when it has settled. */
  readonly next: () => Promise<Uint8Array | undefined>
  /** Lets the connection go. */
  readonly cancel: () => void
}

/** What the body of an answer is read as. */
export type BodyAs = "bytes" | "text" | "stream"

/** An answer whose body has arrived, or begins to. */
export interface Answer {
  readonly _tag: "Answered"
  /** Of the answer; 0 for a redirect that a browser hides. */
  readonly status: number
  /** By lower-case name. */
  readonly headers: Headers
  /** Empty where it is not known. */
  readonly url: string
  /** The whole body; or what gives it, where a stream was asked for and the status is a 2xx. */
  readonly content: ArrayBuffer | string | IncomingBody
  /** Effect's own response, where the transport is Effect's; it knows cookies and addresses. */
  readonly response?: HttpClientResponse | undefined
}

/** Why there is no answer. */
export type TransportFailure =
  | { readonly _tag: "Unsendable" }
  | { readonly _tag: "Broken"; readonly cause: unknown }
  | { readonly _tag: "TimedOut"; readonly phase: "body" | "headers" }
  | { readonly _tag: "TooLarge"; readonly status: number }

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
   * Sends the request once, follows no redirect (I-33), and reads the body to its end, as text where the caller wants nothing else. A body of
   * more than `maxBytes`, decompressed, is `TooLarge`; one outside 2xx is left out then, because a refusal stays one.
   * After `limitMs`, and when it is interrupted, it stops at once and lets the connection go (I-27). Its failure is a value, because
   * what it means is for the corridor to say.
   *
   * As a stream, the body of a 2xx is left to the caller: neither limit is about it, and the caller ends it. What is not asked for within
   * `limitMs` is given up.
   */
  readonly exchange: (
    request: HttpClientRequest,
    limitMs: number,
    bodyAs: BodyAs,
    maxBytes: number
  ) => Effect.Effect<Outcome>
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
