/** What the transports over callbacks have in common: one request out, one answer in, within a limit. */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Option from "effect/Option"
import type { Answer, BodyAs, Outcome, TransportService } from "./Transport.ts"

/** Told how an exchange ended; only the first time counts. */
export type Settle = (outcome: Effect.Effect<Outcome>) => void

/** Begins an exchange, settles once, and returns what stops it. */
export type Exchange = (
  request: HttpClientRequest.HttpClientRequest,
  url: string,
  limitMs: number,
  bodyAs: BodyAs,
  maxBytes: number,
  settle: Settle
) => Effect.Effect<void>

export const serviceOf = (identity: object, exchange: Exchange): TransportService => ({
  identity,
  exchange: (request, limitMs, bodyAs, maxBytes) =>
    Effect.callback((resume) => {
      const url = urlOf(request)
      if (url === undefined) return resume(Effect.succeed({ _tag: "Unsendable" }))
      return exchange(request, url, limitMs, bodyAs, maxBytes, resume)
    })
})

/** Undefined where the request has no URL that can be asked. */
const urlOf = (request: HttpClientRequest.HttpClientRequest): string | undefined =>
  request.urlParams.params.length === 0 && Option.isNone(request.hash)
    ? request.url
    : Option.getOrUndefined(HttpClientRequest.toUrl(request))?.href

/** A 2xx: of another answer, the whole body is wanted, since it says why. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300

/** The runtime measures the body itself. */
export const withoutLength = (headers: Headers.Headers): Headers.Headers =>
  "content-length" in headers ? Headers.remove(headers, "content-length") : headers

/** Headers and URL are only read where something is to be learnt from them. */
export class LazyAnswer implements Answer {
  readonly _tag = "Answered"
  readonly status: number
  readonly content: Answer["content"]
  readonly #source: { readonly headers: Headers.Input; readonly url: string }
  #headers: Headers.Headers | undefined

  constructor(
    status: number,
    source: { readonly headers: Headers.Input; readonly url: string },
    content: Answer["content"]
  ) {
    this.status = status
    this.content = content
    this.#source = source
  }

  get headers() {
    return (this.#headers ??= Headers.fromInput(this.#source.headers))
  }

  get url() {
    return this.#source.url
  }
}
