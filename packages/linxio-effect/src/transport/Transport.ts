/**
 * The last room of the corridor: one request out, its whole answer in. It knows nothing of sessions, retries or errors of this SDK.
 *
 * Usually it is Effect's `HttpClient`. A program that counts microseconds can bring its own, as the Promise facade does around `fetch`;
 * docs/decisions/0013-transport.md has the measurement.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type { Headers } from "effect/http/Headers"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"

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
 * import * as FetchHttpClient from "effect/http/FetchHttpClient"
 * import { Linxio, SessionStore, Transport } from "linxio-effect"
 *
 * const linxio = Linxio.layerNoDeps().pipe(
 *   Layer.provide(Transport.layer()),
 *   Layer.provide(FetchHttpClient.layer),
 *   Layer.provide(SessionStore.layerMemory())
 * )
 * ```
 */
export class Transport extends Context.Service<Transport, TransportService>()("linxio-effect/transport/Transport") {
  /** On Effect's `HttpClient`. A function, because two programs in one may have different ones. */
  static readonly layer = (): Layer.Layer<Transport, never, HttpClient.HttpClient> =>
    Layer.effect(Transport, Effect.map(HttpClient.HttpClient, onHttpClient))
}

/** One for each client, by which the clients of a process are known to be on the same one. */
const transports = new WeakMap<HttpClient.HttpClient, TransportService>()

const onHttpClient = (client: HttpClient.HttpClient): TransportService => {
  const known = transports.get(client)
  if (known) return known
  const made: TransportService = {
    exchange: (request, limitMs, bodyAs) =>
      Effect.suspend(() => {
        let phase: "body" | "headers" = "headers"
        return client.execute(request).pipe(
          Effect.flatMap((response) => {
            phase = "body"
            const content: Effect.Effect<ArrayBuffer | string, HttpClientError> =
              bodyAs === "text" ? response.text : response.arrayBuffer
            return Effect.map(content, (read): Outcome => answerOf(response, read))
          }),
          Effect.catch((error) => Effect.succeed(failureOf(error))),
          Effect.timeoutOrElse({
            duration: limitMs,
            orElse: () => Effect.succeed<Outcome>({ _tag: "TimedOut", phase })
          }),
          Effect.updateContext(withoutRedirectsAndTraces)
        )
      })
  }
  transports.set(client, made)
  return made
}

const answerOf = (response: HttpClientResponse, content: ArrayBuffer | string): Answer => ({
  _tag: "Answered",
  status: response.status,
  headers: response.headers,
  url: response.url,
  content,
  response
})

const failureOf = ({
  reason
}: {
  readonly reason: { readonly _tag: string; readonly cause?: unknown }
}): TransportFailure =>
  reason._tag === "InvalidUrlError" || reason._tag === "EncodeError"
    ? { _tag: "Unsendable" }
    : { _tag: "Broken", cause: reason.cause }

/**
 * A followed redirect would send a password again, or a token to another host (I-33), so none is followed by
 * the transport. Trace headers would turn a browser's simple request into one with a preflight.
 */
const withoutRedirectsAndTraces = <R>(context: Context.Context<R>): Context.Context<R> =>
  context.pipe(
    Context.add(FetchHttpClient.RequestInit, {
      ...Context.getOrUndefined(context, FetchHttpClient.RequestInit),
      redirect: "manual"
    }),
    Context.add(HttpClient.TracerDisabledWhen, () => true)
  )
