/** Events of cameras. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { cameras } from "../api/cameras.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Cameras`, derived from the operations in `api/cameras.ts`. */
export interface CamerasService extends Service<typeof cameras> {}

/** Events of cameras. */
export class Cameras extends Context.Service<Cameras, CamerasService>()("linxio-effect/Cameras") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Cameras, never, HttpClient> =>
    Layer.effect(
      Cameras,
      Effect.map(HttpClient, (http) => serviceOf(http, cameras))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<CamerasService>): Layer.Layer<Cameras> =>
    Layer.succeed(Cameras, unimplemented<CamerasService>("Cameras", partial))
}
