/**
 * The transport of a client in Node, on `node:http`: the same promises as the one on `fetch`, for a third of its price
 * (docs/decisions/0014-node-transport.md).
 */
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import type { Answer } from "linxio-effect/Transport"
import { acceptedEncodings, decompress } from "./decompress.ts"
import { type Exchange, withoutLength } from "./exchange.ts"
import { type ClientRequest, type Http, type IncomingMessage, nodeModule } from "./nodeModules.ts"

/** How long a connection waits for its next request; as long as with `fetch`, since many servers close one after 5 seconds. */
const idleMs = 4_000

/** The connections of a process, shared by its clients as those of `fetch` are. By default Node closes each one beyond 256. */
const agents = new Map<Http, unknown>()
const agentOf = (http: Http): unknown => {
  const known = agents.get(http)
  if (known) return known
  const made = new http.Agent({ keepAlive: true, maxFreeSockets: Infinity, timeout: idleMs })
  agents.set(http, made)
  return made
}

/** Headers about the connection itself: `fetch` has its rules for them. */
const connectionHeaders = [
  "connection",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
]

/** Whether this transport can send it. Forms, blobs and streams are left to `fetch`, which knows how they are sent. */
export const isPlain = ({ body, headers }: HttpClientRequest): boolean =>
  (body._tag === "Empty" || body._tag === "Uint8Array") && !connectionHeaders.some((name) => name in headers)

export const nodeExchange: Exchange = (request, href, limitMs, bodyAs, settle) => {
  let outgoing: ClientRequest
  try {
    outgoing = begin(href, request)
  } catch (cause) {
    settle(Effect.succeed({ _tag: "Broken", cause }))
    return Effect.void
  }
  let phase: "body" | "headers" = "headers"
  const broken = (cause: unknown): void => {
    clearTimeout(timer)
    settle(Effect.succeed({ _tag: "Broken", cause }))
  }
  const timer = setTimeout(() => {
    settle(Effect.succeed({ _tag: "TimedOut", phase }))
    outgoing.destroy()
  }, limitMs)
  outgoing.on("response", (incoming) => {
    phase = "body"
    const chunks: Array<Uint8Array> = []
    incoming.on("data", (chunk) => void chunks.push(chunk))
    incoming.on("error", broken)
    incoming.on("end", () => {
      decompress(incoming.headers["content-encoding"], joined(chunks), (cause, content) => {
        if (cause) return broken(cause)
        clearTimeout(timer)
        settle(Effect.succeed(new NodeAnswer(incoming, href, bodyAs === "text" ? textOf(content) : bufferOf(content))))
      })
    })
  })
  outgoing.on("error", broken)
  // A connection that becomes something else than HTTP (101) closes without an error. Once there is a head, its body says how it ends.
  outgoing.on("close", () => phase === "headers" && broken(new Error("The connection closed before an answer")))
  return Effect.sync(() => {
    clearTimeout(timer)
    outgoing.destroy()
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
      // As `fetch` says it; some gateways refuse a request that names no agent.
      "user-agent": "node",
      ...withoutLength(headers),
      // Node does not measure the body of a DELETE, and what follows would be taken for the next request.
      ...(bytes && { "content-length": String(bytes.byteLength) })
    }
  })
  outgoing.end(bytes)
  return outgoing
}

class NodeAnswer implements Answer {
  readonly _tag = "Answered"
  readonly status: number
  readonly url: string
  readonly content: ArrayBuffer | string
  readonly #incoming: IncomingMessage
  #headers: Headers.Headers | undefined

  constructor(incoming: IncomingMessage, url: string, content: ArrayBuffer | string) {
    this.status = incoming.statusCode
    this.url = url
    this.content = content
    this.#incoming = incoming
  }

  get headers() {
    return (this.#headers ??= Headers.fromInput(this.#incoming.headers))
  }
}

const joined = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const [first] = chunks
  if (first && chunks.length === 1) return first
  const whole = new Uint8Array(chunks.reduce((total, { byteLength }) => total + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

const decoder = new TextDecoder()

/** Without a byte order mark, as `text()` of a `Response` gives it. */
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Memory of its own: what Node hands out is part of a bigger buffer that others read into. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
