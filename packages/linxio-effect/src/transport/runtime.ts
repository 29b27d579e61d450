/** The transport of a program that names none: the `fetch` that it was given, or the best that the runtime has. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { LinxioConfigurationError } from "../LinxioError.ts"
import { type Exchange, serviceOf } from "./exchange.ts"
import { checkedFetch, type Fetch, fetchExchange, runtimeFetch } from "./fetchExchange.ts"
import { isPlain, nodeExchange } from "./nodeExchange.ts"
import { isNodesOwn } from "./ownFetch.ts"
import { Transport } from "./Transport.ts"

/**
 * A transport on the given `fetch`; without one, on the runtime's: in Node, as long as nobody replaced its `fetch` or gave that a
 * dispatcher, over `node:http`, which is faster. `linxio-js` uses it. Bodies that are Effect streams are for `layerFetch`, `layerNode` and
 * `layerEffect`.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio, SessionStore } from "linxio-effect"
 * import { layerRuntime } from "linxio-effect/transport/runtime"
 *
 * const linxio = Linxio.layerNoDeps().pipe(Layer.provide(layerRuntime()), Layer.provide(SessionStore.layerMemory()))
 * ```
 */
export const layerRuntime = (
  options: { readonly fetch?: Fetch | undefined } = {}
): Layer.Layer<Transport, LinxioConfigurationError> =>
  Layer.effect(
    Transport,
    Effect.map(checkedFetch(options.fetch), (fetch) =>
      serviceOf(fetch, fetch === runtimeFetch ? runtimeExchange : fetchExchange(fetch))
    )
  )

const overFetch = fetchExchange(runtimeFetch)

/** Asked at each request, because all of that may change after a client was made. */
const runtimeExchange: Exchange = (request, ...rest) =>
  (isPlain(request) && isNodesOwn(globalThis.fetch) ? nodeExchange : overFetch)(request, ...rest)
