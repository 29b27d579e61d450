/** Chooses what carries the requests of a client: the `fetch` that it was given, or the best that the runtime has. */
import * as Effect from "effect/Effect"
import { LinxioConfigurationError } from "linxio-effect/LinxioError"
import type { TransportService } from "linxio-effect/transport/Transport"
import { type Exchange, urlOf } from "./exchange.ts"
import { type Fetch, fetchExchange } from "./fetchTransport.ts"
import { isPlain, nodeExchange } from "./nodeTransport.ts"
import { isNodesOwn } from "./ownFetch.ts"

/** One transport for each `fetch`: clients on the same one share what they learn about a refresh token (I-1). */
const transports = new WeakMap<Fetch, TransportService>()

export const transportOf = (given: Fetch | undefined): TransportService => {
  if (given !== undefined && typeof given !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "must be a function such as globalThis.fetch" })
  }
  if (given === undefined && typeof globalThis.fetch !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "is required: this runtime has no fetch of its own" })
  }
  const fetch = given ?? runtimeFetch
  const known = transports.get(fetch)
  if (known) return known
  const made = serviceOf(given ? fetchExchange(given) : runtimeExchange())
  transports.set(fetch, made)
  return made
}

const serviceOf = (exchange: Exchange): TransportService => ({
  exchange: (request, limitMs, bodyAs) =>
    Effect.callback((resume) => {
      const url = urlOf(request)
      if (url === undefined) return resume(Effect.succeed({ _tag: "Unsendable" }))
      return exchange(request, url, limitMs, bodyAs, resume)
    })
})

/** Looked up at each request, because tests and instrumentation replace it after a client was made. */
const runtimeFetch: Fetch = (input, init) => globalThis.fetch(input, init)

const runtimeExchange = (): Exchange => {
  const overFetch = fetchExchange(runtimeFetch)
  return (request, ...rest) =>
    (isPlain(request) && isNodesOwn(globalThis.fetch) ? nodeExchange : overFetch)(request, ...rest)
}
