/** The default transport: the given `fetch`, or the fastest of the runtime. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { LinxioConfigurationError } from "../LinxioError.ts"
import { type Exchange, serviceOf } from "./exchange.ts"
import { checkedFetch, type Fetch, fetchExchange, runtimeFetch } from "./fetchExchange.ts"
import { isPlain, nodeExchange } from "./nodeExchange.ts"
import { isNodesOwn } from "./ownFetch.ts"
import { Transport } from "./Transport.ts"

/**
 * A transport on the given `fetch`, or else on that of the runtime. In Node, as long as `fetch` is not replaced and has no custom dispatcher, it uses
 * `node:http`, which is faster. `linxio-js` uses this transport. It does not send Effect streams; `layerFetch`, `layerNode` and `layerEffect` do.
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

/** Decided at each request, because `fetch` and its dispatcher may change after the client was made. */
const runtimeExchange: Exchange = (request, ...rest) =>
  (isPlain(request) && isNodesOwn(globalThis.fetch) ? nodeExchange : overFetch)(request, ...rest)
