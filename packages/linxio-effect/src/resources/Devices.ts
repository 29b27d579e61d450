/** Devices: the trackers in vehicles. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { devices } from "../api/devices.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Devices`, derived from the operations in `api/devices.ts`. */
export interface DevicesService extends Service<typeof devices> {}

/** Devices: the trackers in vehicles. */
export class Devices extends Context.Service<Devices, DevicesService>()("linxio-effect/Devices") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Devices, never, HttpClient> =>
    Layer.effect(
      Devices,
      Effect.map(HttpClient, (http) => serviceOf(http, devices))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<DevicesService>): Layer.Layer<Devices> =>
    Layer.succeed(Devices, unimplemented<DevicesService>("Devices", partial))
}
