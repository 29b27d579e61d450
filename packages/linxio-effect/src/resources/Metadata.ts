/** Reference data and settings. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { metadata } from "../api/metadata.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Metadata`, derived from the operations in `api/metadata.ts`. */
export interface MetadataService extends Service<typeof metadata> {}

/** Reference data and settings. */
export class Metadata extends Context.Service<Metadata, MetadataService>()("linxio-effect/Metadata") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Metadata, never, HttpClient> =>
    Layer.effect(
      Metadata,
      Effect.map(HttpClient, (http) => serviceOf(http, metadata))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<MetadataService>): Layer.Layer<Metadata> =>
    Layer.succeed(Metadata, unimplemented<MetadataService>("Metadata", partial))
}
