/** Vehicles: the operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { vehicles } from "../api/vehicles.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Vehicles`, derived from the operations in `api/vehicles.ts`. */
export interface VehiclesService extends Service<typeof vehicles> {}

/**
 * Vehicles.
 *
 * @example
 * ```ts
 * import * as Stream from "effect/Stream"
 * import { Vehicles } from "linxio-effect"
 *
 * const plates = Stream.unwrap(Vehicles.useSync((vehicles) => vehicles.stream({ fields: ["id", "regNo"] }))).pipe(
 *   Stream.map((vehicle) => vehicle.regNo),
 *   Stream.runCollect
 * )
 * ```
 */
export class Vehicles extends Context.Service<Vehicles, VehiclesService>()("linxio-effect/Vehicles") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Vehicles, never, HttpClient> =>
    Layer.effect(
      Vehicles,
      Effect.map(HttpClient, (http) => serviceOf(http, vehicles))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<VehiclesService>): Layer.Layer<Vehicles> =>
    Layer.succeed(Vehicles, unimplemented<VehiclesService>("Vehicles", partial))
}
