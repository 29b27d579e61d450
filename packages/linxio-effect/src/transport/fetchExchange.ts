/**
 * A transport on `fetch`. It does only what the corridor needs: Effect's own makes spans, streams and cookies too, and
 * docs/decisions/0013-transport.md has the price of that.
 */
import * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import { LinxioConfigurationError, LinxioValidationError } from "../LinxioError.ts"
import { type Exchange, LazyAnswer, type Settle, withoutLength } from "./exchange.ts"
import type { Outcome } from "./Transport.ts"

export type Fetch = typeof globalThis.fetch

/** Looked up at each request, because tests and instrumentation replace it after a client was made. */
export const runtimeFetch: Fetch = (input, init) => globalThis.fetch(input, init)

/** What was given, or the runtime's. */
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
  (request, url, limitMs, bodyAs, settle) => {
    const attempt = new Attempt(settle, limitMs)
    void attempt.run(fetch, request, url, bodyAs)
    return Effect.sync(() => attempt.stop())
  }

/** An object and one async function, because a thousand calls that wait keep what each of them made (docs/decisions/0013-transport.md). */
class Attempt {
  readonly #settle: Settle
  readonly #controller = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>
  #phase: "body" | "headers" = "headers"

  constructor(settle: Settle, limitMs: number) {
    this.#settle = settle
    this.#timer = setTimeout(timeOut, limitMs, this)
  }

  async run(fetch: Fetch, request: HttpClientRequest, url: string, bodyAs: "bytes" | "text"): Promise<void> {
    let outcome: Effect.Effect<Outcome>
    try {
      const response: unknown = await fetch(url, initOf(request, this.#controller.signal))
      if (!isResponse(response)) throw noResponse()
      this.#phase = "body"
      const content = bodyAs === "text" ? await response.text() : await response.arrayBuffer()
      outcome = Effect.succeed(new LazyAnswer(response.status, response, content))
    } catch (cause) {
      outcome = Effect.succeed({ _tag: "Broken", cause })
    }
    clearTimeout(this.#timer)
    this.#settle(outcome)
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

const timeOut = (attempt: Attempt): void => attempt.timeOut()

/** Redirects are left to the corridor, which knows where a bearer token may go (I-33). */
const initOf = ({ body, headers, method }: HttpClientRequest, signal: AbortSignal): RequestInit => {
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

/** A mistake of the program, which another attempt would repeat. */
const noResponse = () =>
  new LinxioValidationError([{ field: "fetch", issue: "resolved to something that is no Response" }])

/** What comes back from a `fetch` of the user's own is checked before anything relies on it. */
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
