/** Reference data and settings. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { HandlersOf } from "./call.ts"

const named = (...names: ReadonlyArray<string>) => names.map((name, index) => ({ id: index + 1, name }))

const themes = named("Light", "Dark")

const setting = (id: number, name: string, value: unknown) => () =>
  Effect.succeed({ id, name, value, role: null, team: { id: 1 }, user: null })

/** What the operations do. */
export const metadataHandlers: HandlersOf<"metadata"> = {
  countries: () => Effect.succeed({ AU: "Australia", NZ: "New Zealand", SG: "Singapore" }),
  roles: () => Effect.succeed(named("admin", "manager", "driver").map((role) => ({ ...role, type: "client" }))),
  plans: () => Effect.succeed(named("Starter", "Essentials", "Plus")),
  timezones: () =>
    Effect.succeed([
      { id: 1, name: "Australia/Adelaide", offset: "+09:30" },
      { id: 2, name: "Australia/Perth", offset: "+08:00" },
      { id: 3, name: "Pacific/Auckland", offset: "+12:00" }
    ]),
  themes: () => Effect.succeed(themes),
  myTheme: () => Effect.succeed({ id: 1, name: "Light" }),
  currentPlan: () => Effect.succeed(["vehicle_list", "fuel_records", "digital_forms"]),
  platformDomain: () => Effect.succeed({ domain: "fleet.example.test", host: "fleet.example.test" }),
  languages: () =>
    Effect.succeed([
      { id: 1, code: "en", name: "English" },
      { id: 2, code: "de", name: "German" }
    ]),
  mapApiOptions: setting(1, "mapApiOptions", ["osm"]),
  providers: setting(2, "provider", { maps: "osm" }),
  digitalFormSettings: setting(3, "digitalForm", true),
  ecoSpeedSettings: setting(4, "ecoSpeed", 90),
  excessiveIdlingSettings: setting(5, "excessiveIdling", 300)
}
