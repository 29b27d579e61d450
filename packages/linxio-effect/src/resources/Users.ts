/** Users of the signed-in account. The operations of the contract as methods, and the lists as streams. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { users } from "../api/users.ts"
import { unimplemented } from "../config/unimplemented.ts"
import { HttpClient } from "../HttpClient.ts"
import { type Service, serviceOf } from "./stream.ts"

/** The methods of `Users`, derived from the operations in `api/users.ts`. */
export interface UsersService extends Service<typeof users> {}

/** Users of the signed-in account. */
export class Users extends Context.Service<Users, UsersService>()("linxio-effect/Users") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<Users, never, HttpClient> =>
    Layer.effect(
      Users,
      Effect.map(HttpClient, (http) => serviceOf(http, users))
    )

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<UsersService>): Layer.Layer<Users> =>
    Layer.succeed(Users, unimplemented<UsersService>("Users", partial))
}
