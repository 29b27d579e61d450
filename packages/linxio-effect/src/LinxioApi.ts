/**
 * The Linxio wire contract as one value: typed calls, the embedded server, the OpenAPI document and the reference all derive from it.
 *
 * The SDK itself uses the operations in `api/`, which are data, so that a bundle contains no schema. This module makes endpoint values from the same
 * operations, for typed clients, servers and documents.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { auth } from "./api/auth.ts"
import { groupOf } from "./api/endpoints.ts"
import { vehicles } from "./api/vehicles.ts"

/**
 * Everything that this SDK knows about Linxio's HTTP API.
 *
 * @example
 * ```ts
 * import * as OpenApi from "effect/http-api/OpenApi"
 * import { LinxioApi } from "linxio-effect/LinxioApi"
 *
 * const document = OpenApi.fromApi(LinxioApi)
 * ```
 */
export class LinxioApi extends HttpApi.make("linxio")
  .add(groupOf("auth", auth).annotate(OpenApi.Description, "Sign in, stay signed in, sign out."))
  .add(groupOf("vehicles", vehicles).annotate(OpenApi.Description, "Vehicles of the signed-in user's fleet."))
  .annotate(OpenApi.Title, "Linxio")
  .annotate(OpenApi.Version, "1")
  .annotate(
    OpenApi.Description,
    "The part of the Linxio fleet-management API that the SDK covers, as far as public material shows it."
  )
  .annotate(OpenApi.Servers, [{ url: "https://api.linxio.com/api", description: "Linxio" }]) {}
