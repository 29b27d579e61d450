/** The table of all operations. */
import type { domains } from "linxio-effect/api/domains"

/**
 * One operation of the API.
 *
 * @example
 * ```ts
 * import type { LinxioEndpointDefinition } from "linxio-js"
 *
 * const label = ({ method, path }: LinxioEndpointDefinition) => `${method} ${path}`
 * console.log(label({ method: "GET", path: "/me", source: "dashboard" })) // => GET /me
 * ```
 */
export interface LinxioEndpointDefinition {
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE"
  /** The path below the base URL; ids in braces. */
  readonly path: string
  /** Where it is known from: Linxio's public documentation, its dashboard, or neither. */
  readonly source: "public-docs" | "dashboard" | "unverified"
}

/** The operations of `auth` by name: their types contain types of Effect, which no published type may. */
type AuthName = "login" | "logout" | "me" | "refresh" | "verifyOtp"

type Tables = { readonly auth: Readonly<Record<AuthName, unknown>> } & typeof domains

/**
 * All operations by domain and method.
 *
 * @example
 * ```ts
 * import { linxioEndpoints, type LinxioEndpoints } from "linxio-js"
 *
 * const domains = (table: LinxioEndpoints) => Object.keys(table).length
 * console.log(domains(linxioEndpoints) > 1) // => true
 * ```
 */
export type LinxioEndpoints = {
  readonly [Domain in keyof Tables]: { readonly [Name in keyof Tables[Domain]]: LinxioEndpointDefinition }
} & OtherNames

/** Those under the names of the hand-written SDK. */
type OtherNames = {
  readonly auth: Named<"refreshToken">
  readonly clients: { readonly users: Named<"create" | "get" | "list" | "update"> }
  readonly devices: Named<"installations">
  readonly geofences: {
    readonly groups: Named<"archive" | "create" | "delete" | "get" | "list" | "restore" | "update">
  }
  readonly reports: Named<
    | "deleteScheduledReport"
    | "digitalFormAnswer"
    | "digitalFormAnswerPdf"
    | "getScheduledReport"
    | "restoreScheduledReport"
    | "scheduledReport"
    | "updateScheduledReport"
  >
  readonly sensors: Named<"tempHumidityDeviceReport" | "tempHumidityVehicleReport">
  readonly vehicles: Named<"engineHours" | "odometer" | "routes">
}

type Named<Names extends string> = Readonly<Record<Names, LinxioEndpointDefinition>>
