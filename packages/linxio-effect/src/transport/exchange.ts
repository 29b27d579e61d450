/** The common part of the callback-based transports: one request, one response, one time limit. */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Option from "effect/Option"
import type { Answer, BodyAs, Outcome, TransportService } from "./Transport.ts"

/** Receives the outcome of an exchange; only the first call counts. */
export type Settle = (outcome: Effect.Effect<Outcome>) => void

/** Starts an exchange, which settles once. Returns the function that stops it. */
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

/** The URL of the request; undefined if it is invalid. */
const urlOf = (request: HttpClientRequest.HttpClientRequest): string | undefined =>
  request.urlParams.params.length === 0 && Option.isNone(request.hash)
    ? request.url
    : Option.getOrUndefined(HttpClientRequest.toUrl(request))?.href

/** Whether the status is a 2xx. The body of any other response is read whole, because it says why. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300

/** Without `content-length`, which the runtime computes itself. */
export const withoutLength = (headers: Headers.Headers): Headers.Headers =>
  "content-length" in headers ? Headers.remove(headers, "content-length") : headers

/** Reads headers and URL only if they are needed. */
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
