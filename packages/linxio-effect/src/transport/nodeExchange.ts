/**
 * The transport on `node:http`, for clients in Node: the same behaviour as the one on `fetch`, at a lower cost
 * (docs/decisions/0014-node-transport.md).
 */
import * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import { agentOf } from "./agent.ts"
import { Content } from "./content.ts"
import { acceptedEncodings, decoderOf } from "./decompress.ts"
import { type Exchange, isSuccess, LazyAnswer, withoutLength } from "./exchange.ts"
import { type ClientRequest, type Decoder, type IncomingMessage, nodeModule } from "./nodeModules.ts"
import type { Answer, IncomingBody, Outcome, TransportFailure } from "./Transport.ts"

/** Whether this transport can send the request. Forms, blobs and streams are sent with `fetch`, which encodes them. */
export const isPlain = ({ body }: HttpClientRequest): boolean => body._tag === "Empty" || body._tag === "Uint8Array"

export const nodeExchange: Exchange = (request, href, limitMs, bodyAs, maxBytes, settle) => {
  let outgoing: ClientRequest
  try {
    outgoing = begin(href, request)
  } catch (cause) {
    settle(Effect.succeed({ _tag: "Broken", cause }))
    return Effect.void
  }
  let incoming: IncomingMessage | undefined
  let decoder: Decoder | undefined
  const stop = (): void => {
    clearTimeout(timer)
    outgoing.destroy()
    decoder?.destroy()
  }
  /** A server may respond before it has read the whole request; the rest would never be read. */
  const finish = (): void => {
    clearTimeout(timer)
    if (!outgoing.writableFinished) outgoing.destroy()
  }
  const end = (outcome: Outcome): void => {
    finish()
    settle(Effect.succeed(outcome))
  }
  const broken = (cause: unknown): void => end({ _tag: "Broken", cause })
  const timer = setTimeout(() => {
    settle(Effect.succeed({ _tag: "TimedOut", phase: incoming ? "body" : "headers" }))
    stop()
  }, limitMs)
  limitConnecting(outgoing)
  outgoing.on("response", (response) => {
    incoming = response
    decoder = decoderOf(response)
    const { statusCode: status } = response
    const answer = (content: Answer["content"]) =>
      new LazyAnswer(status, { headers: response.headers, url: href }, content)
    if (bodyAs === "stream" && isSuccess(status)) {
      const begun = () => clearTimeout(timer)
      return settle(Effect.succeed(answer(incomingBody(response, decoder, begun, finish, stop))))
    }
    const content = new Content(maxBytes)
    const body = decoder ?? response
    // A refusal stays a refusal even if its body cannot be read.
    const unreadable = (outcome: TransportFailure) => end(isSuccess(status) ? outcome : answer(""))
    body.on("data", (chunk) => {
      if (content.add(chunk)) return
      unreadable({ _tag: "TooLarge", status })
      stop()
    })
    body.on("end", () => {
      try {
        end(answer(content.read(bodyAs)))
      } catch (cause) {
        unreadable({ _tag: "Broken", cause }) // not enough memory
      }
    })
    response.on("error", broken)
    decoder?.on("error", (cause) => unreadable({ _tag: "Broken", cause }))
  })
  // Data after the complete response on the connection does not belong to it.
  outgoing.on("error", (cause) => incoming?.complete || broken(cause))
  // A connection that switches protocols (101) closes without an error. After the response head, the end of the body decides.
  outgoing.on("close", () => incoming || broken(new Error("The connection closed before an answer")))
  return Effect.sync(stop)
}

const ignore = (): void => undefined

/** A streamed body. */
const incomingBody = (
  response: IncomingMessage,
  decoder: Decoder | undefined,
  begun: () => void,
  finish: () => void,
  cancel: () => void
): IncomingBody => {
  // An error between two chunks is reported with the next chunk; without a listener it would end the process.
  response.on("error", ignore)
  decoder?.on("error", ignore)
  const iterator = (decoder ?? response)[Symbol.asyncIterator]()
  const next = async (): Promise<Uint8Array | undefined> => {
    begun()
    const { done, value } = await iterator.next()
    // A plain `Uint8Array` and not a `Buffer`, whose methods differ.
    if (!done) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    finish()
    return undefined
  }
  return { next, cancel }
}

/** The connection timeout of Node's `fetch`, with the same error code: nothing was sent, so every request may be retried. */
const connectMs = 10_000

const limitConnecting = (outgoing: ClientRequest): void => {
  outgoing.on("socket", (socket) => {
    if (!socket.connecting) return
    const cause = Object.assign(new Error("No connection within 10 seconds"), { code: "UND_ERR_CONNECT_TIMEOUT" })
    const timer = setTimeout(() => outgoing.destroy(cause), connectMs)
    const done = () => clearTimeout(timer)
    socket.once(socket.encrypted ? "secureConnect" : "connect", done)
    outgoing.on("close", done)
  })
}

const begin = (href: string, { body, headers, method }: HttpClientRequest): ClientRequest => {
  const module = nodeModule(href.startsWith("https:") ? "node:https" : "node:http")
  const bytes = body._tag === "Uint8Array" ? body.body : undefined
  const outgoing = module.request(new URL(href), {
    agent: agentOf(module),
    method,
    headers: {
      "accept-encoding": acceptedEncodings,
      // The same as `fetch`; some gateways refuse a request without a user agent.
      "user-agent": "node",
      ...withoutLength(headers),
      // Node sets no length for the body of a DELETE, and the server would read the body as the next request.
      ...(bytes && { "content-length": String(bytes.byteLength) })
    }
  })
  outgoing.end(bytes)
  return outgoing
}
