/**
 * A response whose body has arrived: reading it cannot stall, fail or be forgotten, and so cannot leak a
 * socket. It is tied to the caller's own request, which holds no bearer token (I-32).
 */
import * as Effect from "effect/Effect"
import * as Cookies from "effect/http/Cookies"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import { type Pipeable, pipeArguments } from "effect/Pipeable"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { answeredBy, undecodable } from "../errors/words.ts"
import type { LinxioDecodeError, LinxioFailure } from "../LinxioError.ts"
import type { Answer, IncomingBody } from "../transport/Transport.ts"
import type { LinxioResponse } from "./LinxioResponse.ts"

export const isIncoming = (content: Answer["content"]): content is IncomingBody =>
  typeof content === "object" && "next" in content

export class BufferedResponse extends Inspectable.Class implements LinxioResponse, Pipeable {
  readonly [HttpClientResponse.TypeId] = HttpClientResponse.TypeId
  readonly [HttpIncomingMessage.TypeId] = HttpIncomingMessage.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly #answer: Answer
  readonly #content: ArrayBuffer | string
  #body: string | undefined

  constructor(request: HttpClientRequest.HttpClientRequest, answer: Answer, content = answer.content) {
    super()
    this.request = request
    this.status = answer.status
    this.#answer = answer
    this.#content = isIncoming(content) ? "" : content
  }

  get headers() {
    return this.#answer.headers
  }

  get url() {
    return this.#answer.url
  }

  /** The body as text. */
  get body(): string {
    const content = this.#content
    return (this.#body ??= typeof content === "string" ? content : new TextDecoder().decode(content))
  }

  get #bytes(): ArrayBuffer {
    const content = this.#content
    return typeof content === "string" ? new TextEncoder().encode(content).buffer : content
  }

  get text(): Effect.Effect<string, LinxioFailure> {
    return Effect.succeed(this.body)
  }

  get json(): Effect.Effect<Schema.Json, LinxioFailure> {
    return Effect.try({
      try: (): Schema.Json => (this.body === "" ? null : JSON.parse(this.body)),
      catch: () => this.#undecodable("the body is not JSON")
    })
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer, LinxioFailure> {
    return Effect.succeed(this.#bytes)
  }

  get stream(): Stream.Stream<Uint8Array, LinxioFailure> {
    return Stream.succeed(new Uint8Array(this.#bytes))
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams, LinxioFailure> {
    return Effect.sync(() => UrlParams.fromInput(new URLSearchParams(this.body)))
  }

  get formData(): Effect.Effect<FormData, LinxioFailure> {
    return Effect.tryPromise({
      try: () => new Response(this.#bytes, { headers: { ...this.headers } }).formData(),
      catch: () => this.#undecodable("the body is not a form")
    })
  }

  get cookies() {
    return this.#answer.response?.cookies ?? Cookies.empty
  }

  get remoteAddress() {
    return this.#answer.response?.remoteAddress ?? Option.none()
  }

  get upgrade(): LinxioResponse["upgrade"] {
    const notUpgraded = this.#undecodable("the connection is not upgraded")
    const upgrade = this.#answer.response?.upgrade
    return upgrade === undefined ? Effect.fail(notUpgraded) : Effect.mapError(upgrade, () => notUpgraded)
  }

  toJSON(): unknown {
    return { _id: "linxio-effect/Response", status: this.status }
  }

  pipe() {
    return pipeArguments(this, arguments)
  }

  /** The parser's own error would quote the body, and a body may hold a secret (I-32). */
  #undecodable(issue: string): LinxioDecodeError {
    return undecodable(answeredBy(this), issue)
  }
}
