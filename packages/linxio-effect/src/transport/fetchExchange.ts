/**
 * A transport on `fetch`. It does only what this SDK needs; Effect's own also makes spans, streams and cookies. docs/decisions/0013-transport.md
 * compares the costs.
 */
import * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import { LinxioConfigurationError, LinxioValidationError } from "../LinxioError.ts"
import { Content } from "./content.ts"
import { type Exchange, isSuccess, LazyAnswer, type Settle, withoutLength } from "./exchange.ts"
import type { BodyAs, IncomingBody, Outcome } from "./Transport.ts"

export type Fetch = typeof globalThis.fetch

/** Looked up at each request, because tests and instrumentation replace it after a client was made. */
export const runtimeFetch: Fetch = (input, init) => globalThis.fetch(input, init)

/** The given `fetch`, or that of the runtime. */
export const checkedFetch = (given: Fetch | undefined): Effect.Effect<Fetch, LinxioConfigurationError> =>
  Effect.suspend(() => {
    if (given !== undefined && typeof given !== "function") return refuse("must be a function such as globalThis.fetch")
    if (given === undefined && typeof globalThis.fetch !== "function")
      return refuse("is required: this runtime has no fetch of its own")
    return Effect.succeed(given ?? runtimeFetch)
  })

const refuse = (issue: string) => Effect.fail(new LinxioConfigurationError({ option: "fetch", issue }))

export const fetchExchange =
  (fetch: Fetch): Exchange =>
  (request, url, limitMs, bodyAs, maxBytes, settle) => {
    const attempt = new Attempt(settle, limitMs)
    void attempt.run(fetch, request, url, bodyAs, maxBytes)
    return Effect.sync(() => attempt.stop())
  }

/** One object and one async function, to save memory: a thousand waiting calls keep a thousand of these (docs/decisions/0013-transport.md). */
class Attempt {
  readonly #settle: Settle
  readonly #controller = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>
  #phase: "body" | "headers" = "headers"

  constructor(settle: Settle, limitMs: number) {
    this.#settle = settle
    this.#timer = setTimeout(timeOut, limitMs, this)
  }

  async run(fetch: Fetch, request: HttpClientRequest, url: string, bodyAs: BodyAs, maxBytes: number): Promise<void> {
    let outcome: Outcome
    try {
      const response: unknown = await fetch(url, initOf(request, this.#controller.signal))
      if (!isResponse(response)) throw noResponse()
      this.#phase = "body"
      const { status } = response
      if (bodyAs === "stream" && isSuccess(status) && isStream(response.body)) {
        const body = this.#incoming(response.body.getReader())
        return this.#settle(Effect.succeed(new LazyAnswer(status, response, body)))
      }
      const content = await contentOf(response, bodyAs, maxBytes)
      // A refusal stays a refusal even if its body is too large.
      outcome =
        content === undefined && isSuccess(status)
          ? { _tag: "TooLarge", status }
          : new LazyAnswer(status, response, content ?? "")
      if (content === undefined) this.#controller.abort()
    } catch (cause) {
      outcome = { _tag: "Broken", cause }
    }
    clearTimeout(this.#timer)
    this.#settle(Effect.succeed(outcome))
  }

  /** A streamed body. */
  #incoming(reader: ReadableStreamDefaultReader<Uint8Array>): IncomingBody {
    return {
      next: () => {
        clearTimeout(this.#timer)
        return nextOf(reader)
      },
      cancel: () => {
        this.stop()
        reader.cancel().catch(ignore)
      }
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }

  timeOut(): void {
    this.#settle(Effect.succeed({ _tag: "TimedOut", phase: this.#phase }))
    this.#controller.abort()
  }
}

/** Ignores the result of cancelling a reader. */
const ignore = (): void => undefined

const nextOf = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> => {
  const { value } = await reader.read()
  if (value !== undefined && !ArrayBuffer.isView(value)) throw new TypeError("A chunk of the body is not bytes")
  return value
}

/** The whole body; undefined if it exceeds the limit. A stream is read here and not by `text()`, which has no limit and is slower. */
const contentOf = async (
  response: Response,
  bodyAs: BodyAs,
  maxBytes: number
): Promise<ArrayBuffer | string | undefined> => {
  if (!isStream(response.body)) {
    const whole = bodyAs === "text" ? await response.text() : await response.arrayBuffer()
    return (typeof whole === "string" ? whole.length : whole.byteLength) > maxBytes ? undefined : whole
  }
  const reader = response.body.getReader()
  const content = new Content(maxBytes)
  for (let chunk = await nextOf(reader); chunk; chunk = await nextOf(reader)) {
    if (content.add(chunk)) continue
    reader.cancel().catch(ignore)
    return undefined
  }
  return content.read(bodyAs)
}

/** Whether the body is a web stream. A custom `fetch` may return a Node stream, or only `text()`. */
const isStream = (body: unknown): body is ReadableStream<Uint8Array> =>
  body !== null && typeof body === "object" && "getReader" in body

const timeOut = (attempt: Attempt): void => attempt.timeOut()

/** `HttpClient` handles redirects, because it knows where a bearer token may be sent (I-33). */
const initOf = ({ body, headers, method }: HttpClientRequest, signal: AbortSignal): RequestInit => {
  const init: RequestInit = { method, headers: withoutLength(headers), signal, redirect: "manual" }
  if (body._tag === "FormData") init.body = body.formData
  if (body._tag === "Uint8Array") init.body = body.body as Uint8Array<ArrayBuffer>
  if (body._tag === "Raw") {
    init.body = body.body as BodyInit
    // The Fetch standard requires it if the body is a stream.
    if (body.body instanceof ReadableStream) return Object.assign(init, { duplex: "half" })
  }
  return init
}

/** A defect of the program, which a retry would repeat. */
const noResponse = () =>
  new LinxioValidationError([{ field: "fetch", issue: "resolved to something that is not a Response" }])

/** Checks the result of a custom `fetch` before it is used. */
const isResponse = (value: unknown): value is Response =>
  value !== null &&
  typeof value === "object" &&
  "status" in value &&
  "headers" in value &&
  typeof value.headers === "object" &&
  value.headers !== null &&
  "arrayBuffer" in value &&
  typeof value.arrayBuffer === "function" &&
  "text" in value &&
  typeof value.text === "function"
