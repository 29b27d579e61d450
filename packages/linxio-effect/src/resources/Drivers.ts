/** Drivers, and which vehicle each drives. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { drivers } from "../api/drivers.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Drivers`, derived from the operations in `api/drivers.ts`. */
export interface DriversService extends Service<typeof drivers> {}

/** Drivers, and which vehicle each drives. */
export class Drivers extends Context.Service<Drivers, DriversService>()("linxio-effect/Drivers") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Drivers, never, HttpClient> =>
    Layer.effect(
      Drivers,
      Effect.map(HttpClient, (http) => serviceOf(http, drivers))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<DriversService>): Layer.Layer<Drivers> =>
    Layer.succeed(Drivers, unimplemented<DriversService>("Drivers", partial))
}
