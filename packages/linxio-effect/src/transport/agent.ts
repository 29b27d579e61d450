/** The connections of a process over `node:http`: kept for the next request, and rested before it. */
import type { Agent, Http } from "./nodeModules.ts"

/** How long a connection waits for its next request; as long as with `fetch`, since many servers close one after 5 seconds. */
const idleMs = 4_000

/** The connections of a process, shared by its clients as those of `fetch` are. By default Node closes each one beyond 256. */
const agents = new Map<Http, Agent>()
export const agentOf = (http: Http): Agent => {
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
