/** A response with a streamed body. Methods that need the whole body read it to its end, up to `maxResponseBytes` of the call. */
import * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { answeredBy, clientClosed, timedOut, tooLarge, undecodable } from "../errors/words.ts"
import { LinxioError, type LinxioFailure } from "../LinxioError.ts"
import type { Answer, IncomingBody } from "../transport/Transport.ts"
import { BufferedResponse } from "./BufferedResponse.ts"
import { type Call, factsOf, monotonicMs } from "./call.ts"
import type { LinxioResponse } from "./LinxioResponse.ts"
import { StreamedBody } from "./StreamedBody.ts"
import { brokenOff } from "./transportError.ts"

export class StreamedResponse extends BufferedResponse {
  readonly streamed: StreamedBody
  readonly #whole: Effect.Effect<BufferedResponse, LinxioFailure>

  constructor(request: HttpClientRequest, answer: Answer, streamed: StreamedBody, maxBytes: number) {
    super(request, answer)
    this.streamed = streamed
    this.#whole = Effect.flatMap(
      Effect.tryPromise({ try: () => streamed.whole(maxBytes), catch: (cause) => this.#failure(cause) }),
      (content) =>
        content === undefined
          ? Effect.fail(tooLarge(answeredBy(this), maxBytes))
          : Effect.succeed(new BufferedResponse(request, answer, content))
    )
  }

  override get stream(): Stream.Stream<Uint8Array, LinxioFailure> {
    return Stream.fromReadableStream({
      evaluate: () => this.streamed.stream,
      onError: (cause) => this.#failure(cause)
    })
  }

  override get text() {
    return Effect.flatMap(this.#whole, (response) => response.text)
  }

  override get json() {
    return Effect.flatMap(this.#whole, (response) => response.json)
  }

  override get arrayBuffer() {
    return Effect.flatMap(this.#whole, (response) => response.arrayBuffer)
  }

  override get urlParamsBody() {
    return Effect.flatMap(this.#whole, (response) => response.urlParamsBody)
  }

  override get formData() {
    return Effect.flatMap(this.#whole, (response) => response.formData)
  }

  /** An error that is not from the body itself means that it was read twice. */
  #failure(cause: unknown): LinxioFailure {
    return isFailure(cause) ? cause : undecodable(answeredBy(this), "its body has been read already")
  }
}

/**
 * The body of a response to a call with `bodyAs: "stream"`, as a web `ReadableStream`; undefined for other calls.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { HttpClient, withCallOptions } from "linxio-effect"
 * import { streamedBodyOf } from "linxio-effect/HttpClient"
 *
 * const download = HttpClient.use((http) => http.get("/reports/1")).pipe(
 *   withCallOptions({ bodyAs: "stream" }),
 *   Effect.map((response) => new Response(streamedBodyOf(response)?.stream))
 * )
 * ```
 */
export const streamedBodyOf = (response: LinxioResponse): StreamedBody | undefined =>
  response instanceof StreamedResponse ? response.streamed : undefined

const isFailure = (cause: unknown): cause is LinxioFailure => cause instanceof LinxioError

/** The streamed response for the caller. It ends when the client is closed, and after `timeoutMs` without reading or receiving. */
export const streamedResponse = (
  call: Call,
  request: HttpClientRequest,
  answer: Answer,
  incoming: IncomingBody,
  scope: Scope.Scope,
  secrets: () => ReadonlyArray<string>
): Effect.Effect<StreamedResponse> =>
  Effect.suspend(() => {
    const { maxResponseBytes, timeoutMs } = call.limits
    const now = () => monotonicMs(call.clock)
    const body = new StreamedBody(incoming, now, (cause) => brokenOff(call, cause, secrets()))
    const watch: Effect.Effect<void> = Effect.suspend(() => {
      const left = timeoutMs - body.idleMs
      if (left > 0) return Effect.andThen(Effect.sleep(left), watch)
      return Effect.sync(() => body.end(timedOut(factsOf(call), "idle", timeoutMs)))
    })
    const untilClosed = Effect.onInterrupt(watch, () => Effect.sync(() => body.end(clientClosed())))
    return Effect.map(Effect.forkIn(untilClosed, scope, { startImmediately: true }), (fiber) => {
      body.onEnd(() => fiber.interruptUnsafe())
      return new StreamedResponse(request, answer, body, maxResponseBytes)
    })
  })
