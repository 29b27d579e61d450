/** A complete client made from one function, for tests. */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import { notProvided } from "../config/unimplemented.ts"
import { BufferedResponse } from "../exchange/BufferedResponse.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { type HttpClientService, makeService } from "./HttpClientService.ts"

/** The function that a test client is made from. */
export interface HttpClientDouble {
  /**
   * Answers a request of the program. Its URL is a path, and it has no bearer token. The answer is a `Response` of the platform or a response of Effect;
   * its body is read to the end.
   */
  readonly execute?: (request: HttpClientRequest) => Effect.Effect<HttpClientResponse | Response, LinxioFailure>
}

export const makeDouble = ({ execute }: HttpClientDouble): HttpClientService =>
  makeService((request) =>
    execute === undefined
      ? Effect.die(notProvided("HttpClient", "execute"))
      : Effect.flatMap(execute(request), (response) => buffered(request, response))
  )

/** The response as the real client returns it. A body that cannot be read is a defect of the test. */
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
