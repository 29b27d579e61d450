/** The routes that vehicles drove. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { routes } from "../api/routes.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Routes`, derived from the operations in `api/routes.ts`. */
export interface RoutesService extends Service<typeof routes> {}

/** The routes that vehicles drove. */
export class Routes extends Context.Service<Routes, RoutesService>()("linxio-effect/Routes") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Routes, never, HttpClient> =>
    Layer.effect(
      Routes,
      Effect.map(HttpClient, (http) => serviceOf(http, routes))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<RoutesService>): Layer.Layer<Routes> =>
    Layer.succeed(Routes, unimplemented<RoutesService>("Routes", partial))
}
