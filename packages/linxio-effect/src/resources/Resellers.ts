/** Resellers. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { resellers } from "../api/resellers.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Resellers`, derived from the operations in `api/resellers.ts`. */
export interface ResellersService extends Service<typeof resellers> {}

/** Resellers. */
export class Resellers extends Context.Service<Resellers, ResellersService>()("linxio-effect/Resellers") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Resellers, never, HttpClient> =>
    Layer.effect(
      Resellers,
      Effect.map(HttpClient, (http) => serviceOf(http, resellers))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<ResellersService>): Layer.Layer<Resellers> =>
    Layer.succeed(Resellers, unimplemented<ResellersService>("Resellers", partial))
}
