/** Effect's client interface with the errors of this SDK, also when a body is read (F-23). */
import * as Effect from "effect/Effect"
import * as EffectHttpClient from "effect/http/HttpClient"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { LinxioResponse } from "../exchange/LinxioResponse.ts"
import type { LinxioFailure } from "../LinxioError.ts"

/** Effect's unchanged interface. */
export type EffectsClient = EffectHttpClient.HttpClient.With<LinxioFailure>

/** The methods that give a response. */
type Method = "del" | "execute" | "get" | "head" | "options" | "patch" | "post" | "put" | "query"

/**
 * Effect's interface with this SDK's errors. Its methods return a `LinxioResponse`. It is also a valid Effect client for combinators and
 * `HttpApiClient`.
 */
export type HttpClientService = {
  readonly [M in Method]: (...args: Parameters<EffectsClient[M]>) => Effect.Effect<LinxioResponse, LinxioFailure>
} & EffectsClient

/**
 * One client with two types. Effect's interface declares `HttpClientError` for a body that cannot be read; ours declares this SDK's errors. Only this
 * module contains the cast between them.
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
