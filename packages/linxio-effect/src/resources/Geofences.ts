/** Geofences, which the API calls areas, and their groups. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { geofences } from "../api/geofences.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Geofences`, derived from the operations in `api/geofences.ts`. */
export interface GeofencesService extends Service<typeof geofences> {}

/** Geofences, which the API calls areas, and their groups. */
export class Geofences extends Context.Service<Geofences, GeofencesService>()("linxio-effect/Geofences") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Geofences, never, HttpClient> =>
    Layer.effect(
      Geofences,
      Effect.map(HttpClient, (http) => serviceOf(http, geofences))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<GeofencesService>): Layer.Layer<Geofences> =>
    Layer.succeed(Geofences, unimplemented<GeofencesService>("Geofences", partial))
}
