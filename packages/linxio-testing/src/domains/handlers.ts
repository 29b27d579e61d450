/** The handlers of all domains. The compiler refuses the table if an endpoint of the contract has no handler. */
import type * as Effect from "effect/Effect"
import type { LinxioApi } from "linxio-effect/LinxioApi"
import type { Refusal } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import { authHandlers } from "./auth.ts"
import type { Call, HandlersOf } from "./call.ts"
import { routesHandlers } from "./routes.ts"
import { devicesHandlers } from "./devices.ts"
import { driversHandlers } from "./drivers.ts"
import { usersHandlers } from "./users.ts"
import { clientsHandlers } from "./clients.ts"
import { resellersHandlers } from "./resellers.ts"
import { geofencesHandlers } from "./geofences.ts"
import { sensorsHandlers } from "./sensors.ts"
import { fuelHandlers } from "./fuel.ts"
import { reportsHandlers } from "./reports.ts"
import { digitalFormsHandlers } from "./digitalForms.ts"
import { camerasHandlers } from "./cameras.ts"
import { metadataHandlers } from "./metadata.ts"
import { vehicleHandlers } from "./vehicles.ts"

const handlers: { readonly [Domain in keyof (typeof LinxioApi)["groups"]]: HandlersOf<Domain> } = {
  auth: authHandlers,
  vehicles: vehicleHandlers,
  routes: routesHandlers,
  devices: devicesHandlers,
  drivers: driversHandlers,
  users: usersHandlers,
  clients: clientsHandlers,
  resellers: resellersHandlers,
  geofences: geofencesHandlers,
  sensors: sensorsHandlers,
  fuel: fuelHandlers,
  reports: reportsHandlers,
  digitalForms: digitalFormsHandlers,
  cameras: camerasHandlers,
  metadata: metadataHandlers
}

type Handler<Name extends EndpointName> = (call: Call<Name>) => Effect.Effect<Reply<Name>, Refusal>

/** Runs the handler of an endpoint. */
export const handle = <Name extends EndpointName>(
  name: Name,
  call: Call<Name>
): Effect.Effect<Reply<Name>, Refusal> => {
  const [domain, method] = name.includes(".") ? name.split(".") : ["auth", name]
  const ofDomain: unknown = Reflect.get(handlers, domain ?? "")
  // A cast: the compiler has checked the table above, of which the type is lost when it is read by name.
  return (Reflect.get(Object(ofDomain), method ?? "") as Handler<Name>)(call)
}
