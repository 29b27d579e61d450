/** Client accounts and their users. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { clients } from "../api/clients.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Clients`, derived from the operations in `api/clients.ts`. */
export interface ClientsService extends Service<typeof clients> {}

/** Client accounts and their users. */
export class Clients extends Context.Service<Clients, ClientsService>()("linxio-effect/Clients") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Clients, never, HttpClient> =>
    Layer.effect(
      Clients,
      Effect.map(HttpClient, (http) => serviceOf(http, clients))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<ClientsService>): Layer.Layer<Clients> =>
    Layer.succeed(Clients, unimplemented<ClientsService>("Clients", partial))
}
