/** A transport on the `HttpClient` that the application provides. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Content } from "./content.ts"
import { isSuccess } from "./exchange.ts"
import {
  type Answer,
  type BodyAs,
  type IncomingBody,
  type Outcome,
  Transport,
  type TransportFailure,
  type TransportService
} from "./Transport.ts"

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
  exchange: (request, limitMs, bodyAs, maxBytes) =>
    Effect.suspend(() => {
      let phase: "body" | "headers" = "headers"
      return client.execute(request).pipe(
        Effect.flatMap((response) => {
          phase = "body"
          return bodyAs === "stream" && isSuccess(response.status)
            ? Effect.map(incomingBody(response), (body) => answerOf(response, body))
            : bufferedAnswer(response, bodyAs, maxBytes)
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

const bufferedAnswer = (
  response: HttpClientResponse,
  bodyAs: BodyAs,
  maxBytes: number
): Effect.Effect<Outcome, HttpClientError> => {
  // If the length is known, the bytes need not be counted.
  if (Number(response.headers["content-length"] ?? Infinity) <= maxBytes && !("content-encoding" in response.headers)) {
    const whole: Effect.Effect<ArrayBuffer | string, HttpClientError> =
      bodyAs === "bytes" ? response.arrayBuffer : response.text
    return Effect.map(whole, (content) => answerOf(response, content))
  }
  const content = new Content(maxBytes)
  return Stream.runForEach(bytesOf(response), (chunk) =>
    content.add(chunk) ? Effect.void : Effect.fail(tooLarge)
  ).pipe(
    Effect.map((): Outcome => answerOf(response, content.read(bodyAs))),
    Effect.catchIf(
      (error) => error === tooLarge,
      // A refusal stays a refusal even if its body is too large.
      () =>
        Effect.succeed<Outcome>(
          isSuccess(response.status) ? { _tag: "TooLarge", status: response.status } : answerOf(response, "")
        )
    )
  )
}

/** A response without a body is treated as one with an empty body. */
const bytesOf = ({ stream }: HttpClientResponse): Stream.Stream<Uint8Array, HttpClientError> =>
  Stream.catchIf(
    stream,
    ({ reason }) => reason._tag === "EmptyBodyError",
    () => Stream.empty
  )

const tooLarge = Symbol("too large")

const incomingBody = (response: HttpClientResponse): Effect.Effect<IncomingBody> =>
  Effect.map(Stream.toReadableStreamEffect(bytesOf(response)), (stream) => {
    const reader = stream.getReader()
    return {
      next: async () => (await reader.read()).value,
      cancel: () => void reader.cancel().catch(() => undefined)
    }
  })

const answerOf = (response: HttpClientResponse, content: Answer["content"]): Answer => ({
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
 * The transport follows no redirect, which could send a password again, or a token to another host (I-33). It sends no trace headers, which would
 * cause a preflight in browsers.
 */
const withoutRedirectsAndTraces = <R>(context: Context.Context<R>): Context.Context<R> =>
  context.pipe(
    Context.add(FetchHttpClient.RequestInit, {
      ...Context.getOrUndefined(context, FetchHttpClient.RequestInit),
      redirect: "manual"
    }),
    Context.add(HttpClient.TracerDisabledWhen, () => true)
  )
