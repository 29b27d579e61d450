/** Digital forms and their answers. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { digitalForms } from "../api/digitalForms.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `DigitalForms`, derived from the operations in `api/digitalForms.ts`. */
export interface DigitalFormsService extends Service<typeof digitalForms> {}

/** Digital forms and their answers. */
export class DigitalForms extends Context.Service<DigitalForms, DigitalFormsService>()("linxio-effect/DigitalForms") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<DigitalForms, never, HttpClient> =>
    Layer.effect(
      DigitalForms,
      Effect.map(HttpClient, (http) => serviceOf(http, digitalForms))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<DigitalFormsService>): Layer.Layer<DigitalForms> =>
    Layer.succeed(DigitalForms, unimplemented<DigitalFormsService>("DigitalForms", partial))
}
