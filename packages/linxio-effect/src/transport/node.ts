/** A transport on `node:http`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinxioConfigurationError } from "../LinxioError.ts"
import { type Exchange, serviceOf } from "./exchange.ts"
import { fetchExchange, runtimeFetch } from "./fetchExchange.ts"
import { isPlain, nodeExchange } from "./nodeExchange.ts"
import { hasNodeModules } from "./nodeModules.ts"
import { Transport } from "./Transport.ts"
import { withWebBody } from "./webBody.ts"

/**
 * A transport on `node:http` and `node:https`, with one connection pool for the process. Forms, blobs and streams are sent with `fetch`, which encodes
 * them. Fails with a `LinxioConfigurationError` in a runtime without Node's modules.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio, SessionStore } from "linxio-effect"
 * import { layerNode } from "linxio-effect/transport/node"
 *
 * const linxio = Linxio.layerNoDeps().pipe(Layer.provide(layerNode()), Layer.provide(SessionStore.layerMemory()))
 * ```
 */
export const layerNode = (): Layer.Layer<Transport, LinxioConfigurationError> =>
  Layer.effect(
    Transport,
    Effect.suspend(() =>
      hasNodeModules()
        ? Effect.succeed(withWebBody(serviceOf(nodeExchange, overNode)))
        : Effect.fail(
            new LinxioConfigurationError({ option: "transport", issue: "needs Node: this runtime has no node:http" })
          )
    )
  )

const overFetch = fetchExchange(runtimeFetch)

const overNode: Exchange = (request, ...rest) => (isPlain(request) ? nodeExchange : overFetch)(request, ...rest)
