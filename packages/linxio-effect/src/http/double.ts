/** A whole client on one function, for the tests of a program. */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import { notProvided } from "../config/unimplemented.ts"
import { BufferedResponse } from "../exchange/BufferedResponse.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { type HttpClientService, makeService } from "./HttpClientService.ts"

/** What a double of `HttpClient` is made from. */
export interface HttpClientDouble {
  /**
   * Answers a request as it comes from the program: its address is a path, and it has no bearer token. The body of the
   * answer, a `Response` of the platform or a response of Effect, is read to its end.
   */
  readonly execute?: (request: HttpClientRequest) => Effect.Effect<HttpClientResponse | Response, LinxioFailure>
}

export const makeDouble = ({ execute }: HttpClientDouble): HttpClientService =>
  makeService((request) =>
    execute === undefined
      ? Effect.die(notProvided("HttpClient", "execute"))
      : Effect.flatMap(execute(request), (response) => buffered(request, response))
  )

/** As the real client answers. A body that cannot be read is a mistake of the test. */
const buffered = (
  request: HttpClientRequest,
  response: HttpClientResponse | Response
): Effect.Effect<BufferedResponse> => {
  const isPlain = response instanceof Response
  const content = isPlain ? Effect.promise(() => response.arrayBuffer()) : Effect.orDie(response.arrayBuffer)
  return Effect.map(
    content,
    (read) =>
      new BufferedResponse(request, {
        _tag: "Answered",
        status: response.status,
        headers: Headers.fromInput(response.headers),
        url: isPlain ? response.url : "",
        content: read,
        ...(!isPlain && { response })
      })
  )
}
