/** The operations of all domains but authentication, by the names that their services have in a client. */
import { cameras } from "./cameras.ts"
import { clients } from "./clients.ts"
import { devices } from "./devices.ts"
import { digitalForms } from "./digitalForms.ts"
import { drivers } from "./drivers.ts"
import { fuel } from "./fuel.ts"
import { geofences } from "./geofences.ts"
import { metadata } from "./metadata.ts"
import { reports } from "./reports.ts"
import { resellers } from "./resellers.ts"
import { routes } from "./routes.ts"
import { sensors } from "./sensors.ts"
import { users } from "./users.ts"
import { vehicles } from "./vehicles.ts"

export const domains = {
  cameras,
  clients,
  devices,
  digitalForms,
  drivers,
  fuel,
  geofences,
  metadata,
  reports,
  resellers,
  routes,
  sensors,
  users,
  vehicles
}
