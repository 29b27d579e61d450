/** Fuel records, fuel cards and summaries. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fuel } from "../api/fuel.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Fuel`, derived from the operations in `api/fuel.ts`. */
export interface FuelService extends Service<typeof fuel> {}

/** Fuel records, fuel cards and summaries. */
export class Fuel extends Context.Service<Fuel, FuelService>()("linxio-effect/Fuel") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Fuel, never, HttpClient> =>
    Layer.effect(
      Fuel,
      Effect.map(HttpClient, (http) => serviceOf(http, fuel))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<FuelService>): Layer.Layer<Fuel> =>
    Layer.succeed(Fuel, unimplemented<FuelService>("Fuel", partial))
}
