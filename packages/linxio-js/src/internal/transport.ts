/**
 * The transport of a client, on the `fetch` that the client was given. It does only what the corridor needs: Effect's own makes spans,
 * streams and cookies too, and docs/decisions/0013-transport.md has the price of that.
 */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Option from "effect/Option"
import type { Answer, TransportFailure, TransportService } from "linxio-effect/Transport"
import { LinxioConfigurationError } from "linxio-effect/LinxioError"

type Fetch = typeof globalThis.fetch

/** Looked up at each request, because tests and instrumentation replace it after a client was made. */
const runtimeFetch: Fetch = (input, init) => globalThis.fetch(input, init)

/** One transport for each `fetch`: clients on the same one share what they learn about a refresh token (I-1). */
const transports = new WeakMap<Fetch, TransportService>()

export const transportOf = (given: Fetch | undefined): TransportService => {
  if (given !== undefined && typeof given !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "must be a function such as globalThis.fetch" })
  }
  if (given === undefined && typeof globalThis.fetch !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "is required: this runtime has no fetch of its own" })
  }
  const fetch = given ?? runtimeFetch
  const known = transports.get(fetch)
  if (known) return known
  const made: TransportService = {
    exchange: (request, limitMs, bodyAs) =>
      Effect.callback((resume) => exchange(fetch, request, limitMs, bodyAs, resume))
  }
  transports.set(fetch, made)
  return made
}

type Outcome = Effect.Effect<Answer, TransportFailure>

/** Settles once; the effect that it returns stops it. */
const exchange = (
  fetch: Fetch,
  request: HttpClientRequest.HttpClientRequest,
  limitMs: number,
  bodyAs: "bytes" | "text",
  settle: (outcome: Outcome) => void
): Effect.Effect<void> | void => {
  const url = urlOf(request)
  if (url === undefined) return settle(Effect.fail({ _tag: "Unsendable" }))
  const controller = new AbortController()
  let phase: "body" | "headers" = "headers"
  const timer = setTimeout(() => {
    settle(Effect.fail({ _tag: "TimedOut", phase }))
    controller.abort()
  }, limitMs)
  const exchanged = async (): Promise<Answer> => {
    const response: unknown = await fetch(url, initOf(request, controller.signal))
    if (!isResponse(response)) throw new TypeError("The given fetch resolved to something that is no Response")
    phase = "body"
    return new FetchAnswer(response, bodyAs === "text" ? await response.text() : await response.arrayBuffer())
  }
  exchanged().then(
    (answer) => {
      clearTimeout(timer)
      settle(Effect.succeed(answer))
    },
    (cause: unknown) => {
      clearTimeout(timer)
      settle(Effect.fail({ _tag: "Broken", cause }))
    }
  )
  return Effect.sync(() => {
    clearTimeout(timer)
    controller.abort()
  })
}

/** Headers and URL are only read where something is to be learnt from them. */
class FetchAnswer implements Answer {
  readonly content: ArrayBuffer | string
  readonly #response: Response
  #headers: Headers.Headers | undefined

  constructor(response: Response, content: ArrayBuffer | string) {
    this.content = content
    this.#response = response
  }

  get status() {
    return this.#response.status
  }

  get headers() {
    return (this.#headers ??= Headers.fromInput(this.#response.headers))
  }

  get url() {
    return this.#response.url
  }
}

const urlOf = (request: HttpClientRequest.HttpClientRequest): string | undefined =>
  request.urlParams.params.length === 0 && Option.isNone(request.hash)
    ? request.url
    : Option.getOrUndefined(HttpClientRequest.toUrl(request))?.href

/** Redirects are left to the corridor, which knows where a bearer token may go (I-33). */
const initOf = ({ body, headers, method }: HttpClientRequest.HttpClientRequest, signal: AbortSignal): RequestInit => {
  const init: RequestInit = { method, headers: withoutLength(headers), signal, redirect: "manual" }
  if (body._tag === "FormData") init.body = body.formData
  if (body._tag === "Uint8Array") init.body = body.body as Uint8Array<ArrayBuffer>
  if (body._tag === "Raw") {
    init.body = body.body as BodyInit
    // The Fetch standard asks for it where the body is a stream.
    if (body.body instanceof ReadableStream) return Object.assign(init, { duplex: "half" })
  }
  return init
}

/** `fetch` measures the body itself. */
const withoutLength = (headers: Headers.Headers): Headers.Headers =>
  "content-length" in headers ? Headers.remove(headers, "content-length") : headers

/** What comes back from a `fetch` of the user's own is checked before anything relies on it. */
const isResponse = (value: unknown): value is Response =>
  value !== null &&
  typeof value === "object" &&
  "status" in value &&
  "headers" in value &&
  "arrayBuffer" in value &&
  typeof value.arrayBuffer === "function"
