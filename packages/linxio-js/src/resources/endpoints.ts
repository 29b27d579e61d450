/** All operations as a table, for tools that compare or list them. */
import { auth } from "linxio-effect/api/auth"
import { domains } from "linxio-effect/api/domains"
import type { Operation } from "linxio-effect/api/operation"
import type { LinxioEndpoints } from "../types.ts"

const sources = { O: "public-docs", D: "dashboard", U: "unverified" } as const

const tableOf = (operations: Readonly<Record<string, Operation>>) =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { evidence, method, path }]) => [
      name,
      {
        method,
        path: path.replaceAll(/:(\w+)/g, "{$1}"),
        source: sources[evidence.slice(0, 1) as keyof typeof sources]
      }
    ])
  )

/** The names that some operations have in the table of `@ambulancewa/linxio-js`, each with the name here. */
const otherNames =
  "auth.refreshToken=auth.refresh clients.users.create=clients.createUser clients.users.get=clients.getUser clients.users.list=clients.listUsers clients.users.update=clients.updateUser devices.installations=devices.installation geofences.groups.archive=geofences.archiveGroup geofences.groups.create=geofences.createGroup geofences.groups.delete=geofences.deleteGroup geofences.groups.get=geofences.getGroup geofences.groups.list=geofences.listGroups geofences.groups.restore=geofences.restoreGroup geofences.groups.update=geofences.updateGroup reports.digitalFormAnswer=digitalForms.answer reports.digitalFormAnswerPdf=digitalForms.answerPdf reports.deleteScheduledReport=reports.deleteScheduled reports.getScheduledReport=reports.getScheduled reports.restoreScheduledReport=reports.restoreScheduled reports.scheduledReport=reports.scheduled reports.updateScheduledReport=reports.updateScheduled sensors.tempHumidityDeviceReport=sensors.deviceTemperatureHumidityReport sensors.tempHumidityVehicleReport=sensors.vehicleTemperatureHumidityReport vehicles.engineHours=vehicles.getEngineHours vehicles.odometer=vehicles.getOdometer vehicles.routes=routes.getVehicleRoutes"

const tableOfAll = (): unknown => {
  const table: Record<string, Record<string, unknown>> = Object.fromEntries(
    Object.entries({ auth, ...domains }).map(([name, operations]) => [name, tableOf(operations)])
  )
  for (const pair of otherNames.split(" ")) {
    const [domain = "", other = "", member, from = "", name = ""] = partsOf(pair)
    const operation = table[from]?.[name]
    const at = (table[domain] ??= {})
    at[other] = member === undefined ? operation : Object.assign(at[other] ?? {}, { [member]: operation })
  }
  return table
}

/** `a.b=c.d` or `a.b.c=d.e`: the third part is undefined in the first. */
const partsOf = (pair: string): ReadonlyArray<string | undefined> => {
  const [other = "", name = ""] = pair.split("=")
  const [domain, table, member] = other.split(".")
  return [domain, table, member, ...name.split(".")]
}

/**
 * Every operation that this SDK knows, by domain and method. `source` says where it is known from: Linxio's public documentation, the dashboard, or
 * neither. Some operations are there a second time, under the names of `@ambulancewa/linxio-js`, such as `vehicles.odometer`.
 *
 * @example
 * ```ts
 * import { linxioEndpoints } from "linxio-js"
 *
 * console.log(linxioEndpoints.vehicles.get) // => { method: 'GET', path: '/vehicles/{vehicleId}', source: 'public-docs' }
 * ```
 */
// Pure, so that a bundler drops it where it is not used. A cast: the type is read off the same tables.
export const linxioEndpoints: LinxioEndpoints = /* @__PURE__ */ tableOfAll() as LinxioEndpoints
