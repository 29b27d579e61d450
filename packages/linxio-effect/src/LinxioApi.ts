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
import { cameras } from "./api/cameras.ts"
import { clients } from "./api/clients.ts"
import { devices } from "./api/devices.ts"
import { digitalForms } from "./api/digitalForms.ts"
import { drivers } from "./api/drivers.ts"
import { fuel } from "./api/fuel.ts"
import { geofences } from "./api/geofences.ts"
import { metadata } from "./api/metadata.ts"
import { reports } from "./api/reports.ts"
import { resellers } from "./api/resellers.ts"
import { routes } from "./api/routes.ts"
import { sensors } from "./api/sensors.ts"
import { users } from "./api/users.ts"
import { vehicles } from "./api/vehicles.ts"

/** `cards` is the same request as `records`, and an API has each request once: its response is either, since every field is optional. */
const { cards: _, ...fuelEndpoints } = fuel

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
  .add(groupOf("routes", routes).annotate(OpenApi.Description, "The routes that vehicles drove."))
  .add(groupOf("devices", devices).annotate(OpenApi.Description, "Devices: the trackers in vehicles."))
  .add(groupOf("drivers", drivers).annotate(OpenApi.Description, "Drivers, and which vehicle each drives."))
  .add(groupOf("users", users).annotate(OpenApi.Description, "Users of the signed-in account."))
  .add(groupOf("clients", clients).annotate(OpenApi.Description, "Client accounts and their users."))
  .add(groupOf("resellers", resellers).annotate(OpenApi.Description, "Resellers."))
  .add(
    groupOf("geofences", geofences).annotate(
      OpenApi.Description,
      "Geofences, which the API calls areas, and their groups."
    )
  )
  .add(groupOf("sensors", sensors).annotate(OpenApi.Description, "Sensors and their readings."))
  .add(groupOf("fuel", fuelEndpoints).annotate(OpenApi.Description, "Fuel records, fuel cards and summaries."))
  .add(groupOf("reports", reports).annotate(OpenApi.Description, "Scheduled reports."))
  .add(groupOf("digitalForms", digitalForms).annotate(OpenApi.Description, "Digital forms and their answers."))
  .add(groupOf("cameras", cameras).annotate(OpenApi.Description, "Events of cameras."))
  .add(groupOf("metadata", metadata).annotate(OpenApi.Description, "Reference data and settings."))
  .annotate(OpenApi.Title, "Linxio")
  .annotate(OpenApi.Version, "1")
  .annotate(
    OpenApi.Description,
    "The part of the Linxio fleet-management API that the SDK covers, as far as public material shows it."
  )
  .annotate(OpenApi.License, { name: "MIT (this description)", url: "https://opensource.org/license/mit" })
  .annotate(OpenApi.Transform, (document) => ({
    ...document,
    info: { ...Object(document["info"]), contact: { name: "Linxio", url: "https://linxio.com/api/" } }
  }))
  .annotate(OpenApi.Servers, [{ url: "https://api.linxio.com/api", description: "Linxio" }]) {}
