/** A transport on `fetch`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { LinxioConfigurationError } from "../LinxioError.ts"
import { serviceOf } from "./exchange.ts"
import { checkedFetch, type Fetch, fetchExchange } from "./fetchExchange.ts"
import { Transport } from "./Transport.ts"
import { withWebBody } from "./webBody.ts"

/**
 * A transport on `fetch`. It costs less than Effect's `FetchHttpClient` and makes no spans. Without the option `fetch` it uses `globalThis.fetch` at the
 * time of each request.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio, SessionStore } from "linxio-effect"
 * import { layerFetch } from "linxio-effect/transport/fetch"
 *
 * const linxio = Linxio.layerNoDeps().pipe(Layer.provide(layerFetch()), Layer.provide(SessionStore.layerMemory()))
 * ```
 */
export const layerFetch = (
  options: { readonly fetch?: Fetch | undefined } = {}
): Layer.Layer<Transport, LinxioConfigurationError> =>
  Layer.effect(
    Transport,
    Effect.map(checkedFetch(options.fetch), (fetch) => withWebBody(serviceOf(fetch, fetchExchange(fetch))))
  )
