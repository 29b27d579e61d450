/** Effect's client interface with the errors of this SDK, also where a body is read (F-23). */
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { LinxioResponse } from "../exchange/LinxioResponse.ts"
import type { LinxioFailure } from "../LinxioError.ts"

/** Effect's interface as it is, of which a test may give a part. */
export type EffectsClient = EffectHttpClient.HttpClient.With<LinxioFailure>

/** The methods that give a response. */
type Method = "del" | "execute" | "get" | "head" | "options" | "patch" | "post" | "put" | "query"

/**
 * Effect's interface with this SDK's errors. Calling it gives a `LinxioResponse`; wherever Effect's own client is expected, in a
 * combinator or an `HttpApiClient`, it is one.
 */
export type HttpClientService = {
  readonly [M in Method]: (...args: Parameters<EffectsClient[M]>) => Effect.Effect<LinxioResponse, LinxioFailure>
} & EffectsClient

/**
 * The same client with both views. Effect's interface can only say `HttpClientError` of a body that cannot be read, so that the views
 * differ in the type of that failure; this is the only place that knows.
 */
const withOwnErrors = (client: EffectsClient) => client as HttpClientService

export const makeService = (
  perform: (request: HttpClientRequest) => Effect.Effect<LinxioResponse, LinxioFailure>
): HttpClientService => {
  const send = (request: Effect.Effect<HttpClientRequest>): Effect.Effect<unknown, LinxioFailure> =>
    Effect.flatMapEager(request, perform)
  return withOwnErrors(
    EffectHttpClient.makeWith<never, never, LinxioFailure, never>(
      (request) => send(request) as ReturnType<EffectsClient["execute"]>,
      Effect.succeed
    )
  )
}
