/** Plain servers on loopback for the tests of the transports, and a client of the SDK on each transport. */
import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { type HttpClient, Linxio, type LinxioOptions, SessionStore } from "linxio-effect"
import { layerEffect } from "linxio-effect/transport/effect"
import { layerFetch } from "linxio-effect/transport/fetch"
import { layerNode } from "linxio-effect/transport/node"
import { onTestFinished } from "vitest"

/** Each transport that an Effect program can use in Node. */
const transports = {
  layerEffect: () => Layer.provide(layerEffect(), FetchHttpClient.layer),
  layerFetch: () => layerFetch(),
  layerNode: () => layerNode()
}

export type Name = keyof typeof transports
export const names: ReadonlyArray<Name> = ["layerEffect", "layerFetch", "layerNode"]

export interface Served {
  readonly baseUrl: string
  readonly sockets: ReadonlyArray<Socket>
  /** Whether the connection of the first request is gone; `fetch` may open another one for requests to come. */
  readonly isLetGo: () => boolean
}

/** A server for the length of a test. */
export const serve = async (answer: RequestListener): Promise<Served> => {
  const sockets: Array<Socket> = []
  const server = createServer(answer)
  server.on("connection", (socket: Socket) => {
    sockets.push(socket)
    socket.on("error", () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
  )
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}/api`, sockets, isLetGo: () => sockets[0]?.destroyed === true }
}

export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Runs an effect with a client that is signed in, over one of the transports. */
export const run = <A, E>(
  name: Name,
  server: Served,
  effect: Effect.Effect<A, E, HttpClient>,
  options: LinxioOptions = {}
): Promise<A> =>
  Effect.runPromise(
    Effect.provide(
      effect,
      Linxio.layerNoDeps({ token: "a.b.c", retry: { retries: 0 }, baseUrl: server.baseUrl, ...options }).pipe(
        Layer.provide(transports[name]()),
        Layer.provide(SessionStore.layerMemory())
      )
    )
  )

/** Turns of the event loop until something is so. The test's own time limit ends a wait for what never comes. */
export const until = async (condition: () => boolean): Promise<void> => {
  let isOver = false
  onTestFinished(() => void (isOver = true))
  // A test that has run into its time limit must not go on using the processor.
  while (!isOver && !condition()) await new Promise((resolve) => setImmediate(resolve))
}
