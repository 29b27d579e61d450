/** The connection pool of a process over `node:http`. A connection waits briefly before it is reused. */
import type { Agent, Http } from "./nodeModules.ts"

/** How long an idle connection is kept: as long as with `fetch`, because many servers close idle connections after 5 seconds. */
const idleMs = 4_000

/** The connection pool, shared by all clients of a process, as with `fetch`. By default Node closes idle connections beyond 256. */
const agents = new Map<Http, Agent>()
export const agentOf = (http: Http): Agent => {
  const known = agents.get(http)
  if (known) return known
  const made = new http.Agent({ keepAlive: true, maxFreeSockets: Infinity, timeout: idleMs })
  restBetweenRequests(made)
  agents.set(http, made)
  return made
}

/** The wait before reuse: long enough to notice that a server closes the connection after its response. */
const restMs = 5

/** The real timers, not fake timers of a test: with those, a connection could wait for ever and keep the process alive. */
const { setImmediate: soon, setTimeout: later } = globalThis as typeof globalThis & {
  readonly setImmediate: (work: () => void) => void
}

/**
 * A server may close a connection after its response without announcing it; a request that is sent before the client notices fails. So a connection
 * waits briefly before it goes back to the pool. A loop of calls therefore uses two or three connections.
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
    // In a new event loop turn: a program that was busy has not processed the events of the socket yet.
    later(() => soon(goOn), restMs)
  })
}

/** While a connection waits, nobody listens to it, and an error without a listener would end the process. */
const ignore = (): void => undefined
