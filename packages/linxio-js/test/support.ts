/** What the tests share: embedded Linxios, clients that end with their test, and plain servers for what Linxio never does. */
import { createServer } from "node:http"
import type { IncomingMessage, RequestListener, Server as HttpServer } from "node:http"
import { createServer as createSocketServer } from "node:net"
import type { AddressInfo, Server, Socket } from "node:net"
import { createClient } from "linxio-js"
import type { ClientOptions, LinxioClient, Result, StoredRecord, StoredSession } from "linxio-js"
import { FakeLinxio } from "linxio-testing"
import type { ServedLinxio, ServeOptions } from "linxio-testing"
import { onTestFinished, vi } from "vitest"

export const credentials = { email: "fleet@example.test", password: "correct horse battery staple" }

/** No two servers of a process accept each other's tokens. */
let seeds = 0

/** An embedded Linxio on a port, for the length of a test. */
export const serve = async (options: ServeOptions = {}): Promise<ServedLinxio> => {
  const fake = await FakeLinxio.serve({ signing: "fake", seed: ++seeds, ...options })
  onTestFinished(fake.close)
  return fake
}

/** As the project of a test wants it: Node's default, or `fetch` (vitest.workspace.ts). */
const transport: ClientOptions =
  process.env["LINXIO_TEST_TRANSPORT"] === "fetch" ? { fetch: (input, init) => globalThis.fetch(input, init) } : {}

/** A client of a server, for the length of a test. */
export const clientOf = (server: { readonly baseUrl: string }, options: ClientOptions = {}): LinxioClient => {
  const client = createClient({ baseUrl: server.baseUrl, ...transport, ...options })
  onTestFinished(() => client.close())
  return client
}

/**
 * A call that is started here and awaited later. If the test fails in between, the call rejects with nobody listening: without this,
 * the runner would print that rejection as one more failure.
 */
export const started = <A>(call: Promise<A>): Promise<A> => {
  call.catch(() => undefined)
  return call
}

/** The data of a result that has to be one. */
export const dataOf = <T>(result: Result<T> | Promise<Result<T>>): Promise<T> =>
  started(
    Promise.resolve(result).then(({ data, error }) => {
      if (error) throw error
      return data
    })
  )

/** The error of a result that has to be one. */
export const errorOf = (result: Promise<Result<unknown>>): Promise<Error> =>
  started(
    result.then(({ error }) => {
      if (error === null) throw new Error("it succeeded")
      return error
    })
  )

/** Whatever a promise rejects with. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  started(
    promise.then(
      (value) => {
        throw new Error(`it resolved to ${JSON.stringify(value)}`)
      },
      (error: unknown) => error
    )
  )

/** How many of the calls ended in which way, so that a thousand calls which fail print one short difference. */
export const tally = async (calls: ReadonlyArray<Promise<unknown>>): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {}
  for (const outcome of await Promise.allSettled(calls)) {
    const key = outcome.status === "fulfilled" ? JSON.stringify(outcome.value) : Object(outcome.reason).name
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** A client that has signed in, and an empty request log. */
export const signedIn = async (fake: ServedLinxio, options: ClientOptions = {}): Promise<LinxioClient> => {
  const client = clientOf(fake, options)
  await dataOf(client.auth.login(credentials))
  fake.clearRequestLog()
  return client
}

/** The tokens of a new session, opened without any client. */
export const openSession = async (
  server: { readonly baseUrl: string },
  who = credentials
): Promise<{ readonly token: string; readonly refreshToken: string }> => {
  const response = await fetch(`${server.baseUrl}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(who)
  })
  const { refreshToken, token } = Object(await response.json())
  return { token, refreshToken }
}

/** Turns of the event loop until something is so. The test's own time limit ends a wait for what never comes. */
export const until = async (condition: () => boolean): Promise<void> => {
  let isOver = false
  onTestFinished(() => void (isOver = true))
  // A test that has run into its time limit must not go on using the processor.
  while (!isOver && !condition()) await nextTurn()
}

/** The real timer, also while a test has put another in its place. */
const { setTimeout: realTimeout } = globalThis

/**
 * From here to the end of the test, timers and clocks move only when the test moves them; sockets stay real. A fault that delays an
 * answer then holds it back for as long as the test needs, and a time limit ends when the test says so, however slow the machine is.
 * Call it after the servers and clients of the test were made, so that they are closed in real time.
 */
export const virtualTime = () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] })
  // Effect measures durations with it.
  const monotonic = vi.spyOn(process.hrtime, "bigint")
  monotonic.mockImplementation(() => BigInt(Math.round(performance.now() * 1_000_000)))
  onTestFinished(() => {
    monotonic.mockRestore()
    vi.useRealTimers()
  })
  return {
    /** Lets some milliseconds pass at once. */
    pass: async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms)),
    /** Lets time pass until a promise settles, never faster than real time, since the sockets need theirs. */
    passUntil: async <A>(promise: Promise<A>): Promise<A> => {
      let isSettled = false
      const settle = () => void (isSettled = true)
      promise.then(settle, settle)
      onTestFinished(settle)
      while (!isSettled) {
        await new Promise((resolve) => realTimeout(resolve, 1))
        if (!isSettled) vi.advanceTimersByTime(1)
      }
      return promise
    }
  }
}

/** What nobody caught, from now to the end of the test. */
export const uncaught = (): ReadonlyArray<unknown> => {
  const caught: Array<unknown> = []
  const listener = (reason: unknown) => void caught.push(reason)
  const others = process.listeners("unhandledRejection")
  process.removeAllListeners("unhandledRejection")
  process.on("unhandledRejection", listener)
  onTestFinished(() => {
    process.off("unhandledRejection", listener)
    for (const other of others) process.on("unhandledRejection", other)
  })
  return caught
}

/** The next turn of the event loop. */
export const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** How many times something happens, counted with `one`. */
export const times = <A>(count: number, one: (index: number) => A): Array<A> =>
  Array.from({ length: count }, (_, index) => one(index))

/** One request as a plain server saw it. */
interface Seen {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

/** A plain server: what it saw, and its sockets. */
export interface Plain {
  readonly baseUrl: string
  readonly seen: ReadonlyArray<Seen>
  /** Every connection ever made. */
  readonly sockets: ReadonlyArray<Socket>
  readonly open: () => number
  /** Closes the connections over which nothing is asked, as a server does that runs out of patience. */
  readonly closeIdle: () => void
  readonly close: () => Promise<void>
}

const listen = async (server: Server, seen: ReadonlyArray<Seen>): Promise<Plain> => {
  const sockets: Array<Socket> = []
  server.on("connection", (socket: Socket) => {
    sockets.push(socket)
    socket.on("error", () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  onTestFinished(close)
  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    seen,
    sockets,
    open: () => sockets.filter((socket) => !socket.destroyed).length,
    closeIdle: () => "closeIdleConnections" in server && (server as HttpServer).closeIdleConnections(),
    close
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString("utf8")
}

/** A server of plain HTTP; the answer is the test's own. */
export const plainServer = (answer: RequestListener): Promise<Plain> => {
  const seen: Array<Seen> = []
  const server = createServer((request, response) => {
    void bodyOf(request).then(
      (body) => {
        const { headers, method = "", url = "" } = request
        seen.push({ method, path: url, authorization: headers.authorization, body })
        answer(request, response)
      },
      () => response.destroy()
    )
  })
  return listen(server, seen)
}

/** A server of bare sockets, told of each connection and of each chunk that arrives. */
export const socketServer = (onChunk: (socket: Socket, text: string) => void, allowHalfOpen = false): Promise<Plain> =>
  listen(
    createSocketServer({ allowHalfOpen }, (socket) => {
      socket.on("data", (chunk) => onChunk(socket, chunk.toString("utf8")))
    }),
    []
  )

/** A store whose record a test can see. */
export const recordStore = (session?: StoredSession) => {
  let record: StoredRecord | null = session ? { version: 1, epoch: 1, session, lease: null } : null
  return {
    record: () => record,
    load: () => record,
    swap: (next: StoredRecord, expected: number) => {
      if ((record?.version ?? 0) !== expected) return false
      record = next
      return true
    }
  }
}
