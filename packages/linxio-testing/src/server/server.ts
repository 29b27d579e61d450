/** The server on a port, with `node:http`. Only `serve` and `layerServer` load this module. */
import * as Clock from "effect/Clock"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { createServer } from "node:http"
import type { IncomingMessage, ServerResponse } from "node:http"
import { isIP } from "node:net"
import { FakeLinxioPortError } from "../FakeLinxioError.ts"
import type { Answer } from "../wire/answer.ts"
import * as Cors from "./cors.ts"
import type { Controls } from "../control/controlApi.ts"
import type { Incoming, Parts } from "./pipeline.ts"
import { receive } from "./pipeline.ts"

/** In how many pieces `slow-trickle` sends a body. */
const pieces = 4

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString("utf8")
}

const bodyless = (status: number): boolean => status === 204 || status === 304

/** Writes an answer as its delivery says. A stalled answer stays incomplete until the connection is closed. */
const deliver = (response: ServerResponse, answer: Answer): Effect.Effect<void> =>
  Effect.gen(function* () {
    const bytes = Buffer.from(answer.body, "utf8")
    response.writeHead(answer.status, {
      ...answer.headers,
      ...(bodyless(answer.status) ? {} : { "content-length": bytes.length })
    })
    const { delivery } = answer
    if (delivery._tag === "Whole") return void response.end(bytes)
    if (delivery._tag === "Stalled") return void response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
    response.flushHeaders()
    const size = Math.ceil(bytes.length / pieces)
    for (let at = 0; at < bytes.length; at += size) {
      yield* Effect.sleep(delivery.ms / pieces)
      response.write(bytes.subarray(at, at + size))
    }
    response.end()
  })

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value])
  )

const isApi = (url: string): boolean => url.startsWith("/api/")

/** Answers what is outside of the API: the control API and the pages. They are loaded with the first such request. */
const answerControl = Effect.fnUntraced(function* (
  parts: Parts,
  controls: Controls,
  request: Incoming,
  remoteAddress: string | undefined
) {
  if (isApi(request.url)) return undefined
  const control = yield* Effect.promise(() => import("../control/controlApi.ts"))
  const time = yield* Clock.currentTimeMillis
  const state = () => parts.state.current
  const now = () => (state().settings.clock?.() ?? time) + state().skew
  return control.answer({ ...request, remoteAddress }, { controls, state, now })
})

const answerApi = Effect.fnUntraced(function* (parts: Parts, incoming: Incoming) {
  const preflight = isApi(incoming.url) ? Cors.preflight(incoming) : undefined
  return preflight ?? Cors.readable(incoming.headers, yield* receive(parts, incoming))
})

/** A server that listens. */
export interface Listening {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Starts to listen. Fails with a `FakeLinxioPortError`, and leaves nothing open, if it cannot listen on the port. */
export const listen = (
  parts: Parts,
  controls: Controls,
  context: Context.Context<never>,
  { host, port }: { readonly host: string; readonly port: number }
): Effect.Effect<Listening, FakeLinxioPortError> =>
  Effect.callback((resume) => {
    const server = createServer((request, response) => {
      const answered = Effect.gen(function* () {
        const body = yield* Effect.promise(() => readBody(request))
        const incoming = {
          method: request.method ?? "GET",
          url: request.url ?? "/",
          headers: headersOf(request),
          body
        }
        const answer = yield* answerControl(parts, controls, incoming, request.socket.remoteAddress)
        yield* deliver(response, answer ?? (yield* answerApi(parts, incoming)))
      })
      const fiber = Effect.runForkWith(context)(answered)
      response.on("close", () => fiber.interruptUnsafe())
      fiber.addObserver((exit) => {
        if (Exit.isFailure(exit)) request.socket.resetAndDestroy()
      })
    })
    const refused = (error: NodeJS.ErrnoException) => {
      const issue =
        error.code === "EADDRINUSE"
          ? "the port is in use"
          : error.code === "EACCES"
            ? "this process has no permission for the port"
            : error.message
      resume(Effect.fail(new FakeLinxioPortError({ host, port, issue })))
    }
    server.once("error", refused)
    server.listen(port, host, () => {
      server.off("error", refused)
      const address = server.address()
      const bound = address !== null && typeof address === "object" ? address.port : port
      const name = isIP(host) === 6 ? `[${host}]` : host
      let closing: Promise<void> | undefined
      const close = () =>
        (closing ??= new Promise<void>((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }))
      resume(Effect.succeed({ url: `http://${name}:${bound}`, close }))
    })
    return Effect.sync(() => server.close())
  })
