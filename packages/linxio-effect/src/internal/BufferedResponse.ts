/**
 * A response whose body has arrived: reading it cannot stall, fail or be forgotten, and so cannot leak a
 * socket. It is tied to the caller's own request, which holds no bearer token (I-32).
 */
import * as Effect from "effect/Effect"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import * as Inspectable from "effect/Inspectable"
import { type Pipeable, pipeArguments } from "effect/Pipeable"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

export class BufferedResponse extends Inspectable.Class implements HttpClientResponse.HttpClientResponse, Pipeable {
  readonly [HttpClientResponse.TypeId] = HttpClientResponse.TypeId
  readonly [HttpIncomingMessage.TypeId] = HttpIncomingMessage.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly headers: HttpClientResponse.HttpClientResponse["headers"]
  readonly url: string
  readonly #original: HttpClientResponse.HttpClientResponse
  readonly #bytes: ArrayBuffer
  #body: string | undefined

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    original: HttpClientResponse.HttpClientResponse,
    bytes: ArrayBuffer
  ) {
    super()
    this.request = request
    this.status = original.status
    this.headers = original.headers
    this.url = original.url
    this.#original = original
    this.#bytes = bytes
  }

  /** The body as text. */
  get body(): string {
    return (this.#body ??= new TextDecoder().decode(this.#bytes))
  }

  get text(): Effect.Effect<string> {
    return Effect.sync(() => this.body)
  }

  get json(): Effect.Effect<Schema.Json, HttpClientError.HttpClientError> {
    return Effect.try({
      try: (): Schema.Json => (this.body === "" ? null : JSON.parse(this.body)),
      catch: () => this.#undecodable("the body is not JSON")
    })
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer> {
    return Effect.succeed(this.#bytes)
  }

  get stream(): Stream.Stream<Uint8Array> {
    return Stream.succeed(new Uint8Array(this.#bytes))
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams> {
    return Effect.sync(() => UrlParams.fromInput(new URLSearchParams(this.body)))
  }

  get formData(): Effect.Effect<FormData, HttpClientError.HttpClientError> {
    return Effect.tryPromise({
      try: () => new Response(this.#bytes, { headers: { ...this.headers } }).formData(),
      catch: () => this.#undecodable("the body is not a form")
    })
  }

  get cookies() {
    return this.#original.cookies
  }

  get remoteAddress() {
    return this.#original.remoteAddress
  }

  get upgrade() {
    return this.#original.upgrade
  }

  toJSON(): unknown {
    return { _id: "linxio-effect/Response", status: this.status }
  }

  pipe() {
    return pipeArguments(this, arguments)
  }

  /** The parser's own error would quote the body, and a body may hold a secret (I-32). */
  #undecodable(issue: string): HttpClientError.HttpClientError {
    return new HttpClientError.HttpClientError({
      reason: new HttpClientError.DecodeError({ request: this.request, response: this, cause: new SyntaxError(issue) })
    })
  }
}
