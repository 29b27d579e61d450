/** Sensors and their readings. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { sensors } from "../api/sensors.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Sensors`, derived from the operations in `api/sensors.ts`. */
export interface SensorsService extends Service<typeof sensors> {}

/** Sensors and their readings. */
export class Sensors extends Context.Service<Sensors, SensorsService>()("linxio-effect/Sensors") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Sensors, never, HttpClient> =>
    Layer.effect(
      Sensors,
      Effect.map(HttpClient, (http) => serviceOf(http, sensors))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<SensorsService>): Layer.Layer<Sensors> =>
    Layer.succeed(Sensors, unimplemented<SensorsService>("Sensors", partial))
}
