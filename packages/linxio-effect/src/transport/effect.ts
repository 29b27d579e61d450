/** A transport on the `HttpClient` that the application provides. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { type Answer, type Outcome, Transport, type TransportFailure, type TransportService } from "./Transport.ts"

/**
 * A transport on Effect's `HttpClient`; `Linxio.layer` uses it.
 *
 * @example
 * ```ts
 * import * as FetchHttpClient from "effect/http/FetchHttpClient"
 * import * as Layer from "effect/Layer"
 * import { Linxio, SessionStore } from "linxio-effect"
 * import { layerEffect } from "linxio-effect/transport/effect"
 *
 * const linxio = Linxio.layerNoDeps().pipe(
 *   Layer.provide(layerEffect()),
 *   Layer.provide(FetchHttpClient.layer),
 *   Layer.provide(SessionStore.layerMemory())
 * )
 * ```
 */
export const layerEffect = (): Layer.Layer<Transport, never, HttpClient.HttpClient> =>
  Layer.effect(Transport, Effect.map(HttpClient.HttpClient, onHttpClient))

const onHttpClient = (client: HttpClient.HttpClient): TransportService => ({
  identity: client,
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
})

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
