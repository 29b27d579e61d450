/** Converts Effect streams in request bodies to web streams. A separate module, because the facade does not need it. */
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Stream from "effect/Stream"
import type { TransportService } from "./Transport.ts"

export const withWebBody = (transport: TransportService): TransportService => ({
  identity: transport.identity,
  exchange: (request, ...rest) => {
    const { body } = request
    if (body._tag !== "Stream") return transport.exchange(request, ...rest)
    return Effect.flatMap(Stream.toReadableStreamEffect(body.stream), (stream) =>
      // Not `setBody`, which would set the headers of the body again.
      transport.exchange(withBody(request, HttpBody.raw(stream)), ...rest)
    )
  }
})

const withBody = (
  { hash, headers, method, url, urlParams }: HttpClientRequest.HttpClientRequest,
  body: HttpBody.HttpBody
): HttpClientRequest.HttpClientRequest => HttpClientRequest.makeWith(method, url, urlParams, hash, headers, body)
