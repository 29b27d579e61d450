/** The two clients that need no socket: an `HttpClient` for Effect programs and a `fetch` for all others. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type { Answer } from "../wire/answer.ts"
import { ConnectionLost } from "../wire/answer.ts"
import type { Parts } from "./pipeline.ts"
import { receive } from "./pipeline.ts"
import { MemoryResponse } from "../wire/response.ts"

type Redirect = "follow" | "error" | "manual"

interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

const statusesThatRedirect = new Set([301, 302, 303, 307, 308])

/** Sends a request and follows redirects as `fetch` does. A redirect to another origin fails, because no server is there. */
const send = (parts: Parts, request: Outgoing, redirect: Redirect, hops = 0): Effect.Effect<Answer, ConnectionLost> =>
  Effect.flatMap(receive(parts, { ...request, url: request.url.pathname + request.url.search }), (answer) => {
    const location = answer.headers["location"]
    if (!statusesThatRedirect.has(answer.status) || location === undefined || redirect === "manual")
      return Effect.succeed(answer)
    if (redirect === "error" || hops >= 20) return Effect.fail(new ConnectionLost())
    const to = new URL(location, request.url)
    const crossOrigin = to.origin !== request.url.origin
    const withoutQuery = (url: URL) => url.origin + url.pathname
    parts.recorder.redirected({
      from: withoutQuery(request.url),
      to: withoutQuery(to),
      crossOrigin,
      withBody: request.body !== ""
    })
    return crossOrigin ? Effect.fail(new ConnectionLost()) : send(parts, { ...request, url: to }, redirect, hops + 1)
  })

const lost = "The connection was lost before a response arrived"

/** An `HttpClient` in memory. A request runs in the fiber of its caller, uses the clock of that fiber, and ends with it. */
export const httpClient = (parts: Parts): HttpClient.HttpClient =>
  HttpClient.make((request, url, signal, fiber) => {
    const redirect = Context.getOrUndefined(fiber.context, FetchHttpClient.RequestInit)?.redirect ?? "follow"
    const sleep = (ms: number) => Effect.runPromiseWith(fiber.context)(Effect.sleep(ms))
    const failed = (description: string, cause?: unknown) =>
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({ request, description, cause })
      })
    const body = request.body._tag === "Empty" ? Effect.succeed("") : HttpServerRequest.fromClientRequest(request).text
    return body.pipe(
      Effect.mapError((cause) => failed("The request body could not be read", cause)),
      Effect.flatMap((text) =>
        Effect.mapError(
          send(parts, { method: request.method, url, headers: request.headers, body: text }, redirect),
          () => failed(lost)
        )
      ),
      Effect.map((answer) => HttpClientResponse.fromWeb(request, new MemoryResponse(answer, sleep, signal)))
    )
  })

/** Reads the arguments of `fetch`. A string body is not read from a `Request`, because that would take a turn of the event loop. */
const outgoing = async (
  input: string | URL | Request,
  init: RequestInit | undefined
): Promise<Outgoing & { readonly redirect: Redirect; readonly signal: AbortSignal | undefined }> => {
  const body = init?.body
  const plain = !(input instanceof Request) && (body === undefined || body === null || typeof body === "string")
  const request = new Request(input, plain ? { ...init, body: null } : init)
  return {
    method: request.method,
    url: new URL(request.url),
    headers: Object.fromEntries(request.headers),
    body: plain ? (body ?? "") : await request.text(),
    redirect: request.redirect,
    signal: init?.signal ?? (input instanceof Request ? input.signal : undefined)
  }
}

/** A `fetch` that sends every request to the embedded Linxio. */
export const fetch =
  (parts: Parts, context: Context.Context<never>): typeof globalThis.fetch =>
  async (input, init) => {
    const { redirect, signal, ...request } = await outgoing(input, init)
    signal?.throwIfAborted()
    const sleep = (ms: number) => Effect.runPromiseWith(context)(Effect.sleep(ms))
    const fiber = Effect.runForkWith(context)(send(parts, request, redirect))
    const exit = await new Promise<Exit.Exit<Answer, ConnectionLost>>((resolve, reject) => {
      const abort = () => {
        reject(signal?.reason)
        fiber.interruptUnsafe()
      }
      signal?.addEventListener("abort", abort, { once: true })
      fiber.addObserver((result) => {
        signal?.removeEventListener("abort", abort)
        resolve(result)
      })
    })
    if (Exit.isSuccess(exit)) return new MemoryResponse(exit.value, sleep, signal)
    const defect = exit.cause.reasons.find((reason) => reason._tag === "Die")
    if (defect !== undefined) throw defect.defect
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(lost), { code: "ECONNRESET" }) })
  }
