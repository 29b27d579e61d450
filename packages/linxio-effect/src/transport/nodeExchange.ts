/**
 * The transport of a client in Node, on `node:http`: the same promises as the one on `fetch`, at less than its price
 * (docs/decisions/0014-node-transport.md).
 */
import * as Effect from "effect/Effect"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import { acceptedEncodings, decompress } from "./decompress.ts"
import { type Exchange, LazyAnswer, withoutLength } from "./exchange.ts"
import { type Agent, type ClientRequest, type Http, type IncomingMessage, nodeModule } from "./nodeModules.ts"
import type { Outcome } from "./Transport.ts"

/** How long a connection waits for its next request; as long as with `fetch`, since many servers close one after 5 seconds. */
const idleMs = 4_000

/** The connections of a process, shared by its clients as those of `fetch` are. By default Node closes each one beyond 256. */
const agents = new Map<Http, Agent>()
const agentOf = (http: Http): Agent => {
  const known = agents.get(http)
  if (known) return known
  const made = new http.Agent({ keepAlive: true, maxFreeSockets: Infinity, timeout: idleMs })
  restBetweenRequests(made)
  agents.set(http, made)
  return made
}

/** As much as a server that closes after an answer needs to be heard. */
const restMs = 5

/** Not those that a test may have put in their place: a connection that never stops resting would keep the process alive. */
const { setImmediate: soon, setTimeout: later } = globalThis as typeof globalThis & {
  readonly setImmediate: (work: () => void) => void
}

/**
 * A server may close a connection after its answer without having said so, and a request that is sent before that is heard fails. So a
 * connection rests for a moment before it goes back to the agent; the calls of a loop take turns with two or three of them.
 */
const restBetweenRequests = (agent: Agent): void => {
  const [release] = agent.listeners("free")
  if (release === undefined) return
  agent.removeAllListeners("free")
  agent.on("free", (socket, options) => {
    socket.on("error", ignore)
    const goOn = () => {
      socket.off("error", ignore)
      release.call(agent, socket, options)
    }
    // In a turn of its own: a program that was busy until now has not heard yet what came meanwhile.
    later(() => soon(goOn), restMs)
  })
}

/** Whoever uses a connection next hears of its end; until then nobody listens, and an error without a listener would end the process. */
const ignore = (): void => undefined

/** Whether this transport can send it. Forms, blobs and streams are left to `fetch`, which knows how they are sent. */
export const isPlain = ({ body }: HttpClientRequest): boolean => body._tag === "Empty" || body._tag === "Uint8Array"

export const nodeExchange: Exchange = (request, href, limitMs, bodyAs, settle) => {
  let outgoing: ClientRequest
  try {
    outgoing = begin(href, request)
  } catch (cause) {
    settle(Effect.succeed({ _tag: "Broken", cause }))
    return Effect.void
  }
  let incoming: IncomingMessage | undefined
  const end = (outcome: Outcome): void => {
    clearTimeout(timer)
    settle(Effect.succeed(outcome))
    // A server may answer before it has read the request; what is left of that would never be read.
    if (!outgoing.writableFinished) outgoing.destroy()
  }
  const broken = (cause: unknown): void => end({ _tag: "Broken", cause })
  const timer = setTimeout(() => {
    settle(Effect.succeed({ _tag: "TimedOut", phase: incoming ? "body" : "headers" }))
    outgoing.destroy()
  }, limitMs)
  limitConnecting(outgoing)
  outgoing.on("response", (response) => {
    incoming = response
    const chunks: Array<Uint8Array> = []
    response.on("data", (chunk) => void chunks.push(chunk))
    response.on("error", broken)
    const answer = (content: ArrayBuffer | string) =>
      new LazyAnswer(response.statusCode, { headers: response.headers, url: href }, content)
    response.on("end", () => {
      contentOf(response, chunks, bodyAs).then(
        (content) => end(answer(content)),
        // A refusal whose body cannot be read is one all the same.
        (cause: unknown) => (isSuccess(response) ? broken(cause) : end(answer("")))
      )
    })
  })
  // What follows a whole answer on its connection is no part of it.
  outgoing.on("error", (cause) => incoming?.complete || broken(cause))
  // A connection that becomes something else than HTTP (101) closes without an error. Once there is a head, its body says how it ends.
  outgoing.on("close", () => incoming || broken(new Error("The connection closed before an answer")))
  return Effect.sync(() => {
    clearTimeout(timer)
    outgoing.destroy()
  })
}

/** As long as `fetch` waits for a connection in Node, with its code: nothing was sent, so that everything may be tried again. */
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

const isSuccess = ({ statusCode }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300

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

/** Rejects where the body breaks off, and where it is too long to be one text. */
const contentOf = async (
  { headers }: IncomingMessage,
  chunks: ReadonlyArray<Uint8Array>,
  bodyAs: "bytes" | "text"
): Promise<ArrayBuffer | string> => {
  const bytes = await decompress(headers["content-encoding"], joined(chunks))
  return bodyAs === "text" ? decoder.decode(bytes) : bufferOf(bytes)
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

/** Leaves out a byte order mark, as `text()` of a `Response` does. */
const decoder = new TextDecoder()

/** Memory of its own: what Node hands out may be part of a bigger buffer that others read into. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => {
  const { buffer, byteLength } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : new Uint8Array(bytes).buffer
}
