/** The records inside a vehicle. Every field is optional and may be null, and fields that are not listed are kept. */
import type { Id } from "./operation.ts"
import { all, anyObject, anything, id, record, text } from "./shape.ts"

/**
 * The depot of a vehicle.
 *
 * @example
 * ```ts
 * import type { VehicleDepot } from "linxio-js"
 *
 * const north: VehicleDepot = { id: 3, name: "North", color: "#2bb100" }
 * console.log(north.name) // => North
 * ```
 */
export interface VehicleDepot {
  /** The id of the depot. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** CSS hex such as `#2bb100`. */
  readonly color?: string | null
  /** A number in the known responses, such as 1. */
  readonly status?: Id | null
  /** ISO-8601. */
  readonly createdAt?: string | null
  readonly [field: string]: unknown
}

/**
 * A group of vehicles.
 *
 * @example
 * ```ts
 * import type { VehicleGroup } from "linxio-js"
 *
 * const vans: VehicleGroup = { id: 7, name: "Vans" }
 * console.log(vans.name) // => Vans
 * ```
 */
export interface VehicleGroup {
  /** The id of the group. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** CSS hex such as `#2bb100`. */
  readonly color?: string | null
  readonly [field: string]: unknown
}

/**
 * A visit of a vehicle to a geofence.
 *
 * @example
 * ```ts
 * import type { VehicleAreaAssignment } from "linxio-js"
 *
 * const isInside = (visit: VehicleAreaAssignment) => visit.arrived != null && visit.departed == null
 * console.log(isInside({ arrived: "2026-11-24T08:00:00+10:00", departed: null })) // => true
 * ```
 */
export interface VehicleAreaAssignment {
  /** A text in the known responses, such as `23535401`. */
  readonly id?: Id | null
  /** The geofence: id, name, color, status. */
  readonly area?: Readonly<Record<string, unknown>> | null
  /** ISO-8601. */
  readonly arrived?: string | null
  /** ISO-8601; null while it is inside. */
  readonly departed?: string | null
  /** ISO-8601. */
  readonly driverArrived?: string | null
  /** ISO-8601; null while it is inside. */
  readonly driverDeparted?: string | null
  readonly [field: string]: unknown
}

/**
 * The driver of a vehicle.
 *
 * @example
 * ```ts
 * import type { VehicleDriver } from "linxio-js"
 *
 * const nameOf = ({ name, surname }: VehicleDriver) => [name, surname].filter(Boolean).join(" ")
 * console.log(nameOf({ name: "Ada", surname: "Lovelace" })) // => Ada Lovelace
 * ```
 */
export interface VehicleDriver {
  /** A text in the known responses, such as `36541`. */
  readonly id?: Id | null
  /** The given name. */
  readonly name?: string | null
  /** The family name. */
  readonly surname?: string | null
  /** The address of the driver. */
  readonly email?: string | null
  /** The phone of the driver. */
  readonly phone?: string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  /** Text, or an object with id, name and displayName. */
  readonly role?: unknown
  /** Twelve hex digits in the known responses; missing unless configured. */
  readonly driverSensorId?: string | null
  /** Text, such as `1`; missing unless configured. */
  readonly driverFOBId?: string | null
  /** ISO-8601. */
  readonly lastLoggedAt?: string | null
  readonly [field: string]: unknown
}

const colored = all(text, "name color")

/** The shape of a `VehicleDepot`. */
export const vehicleDepot = record<VehicleDepot>("VehicleDepot", { id, status: id, createdAt: text, ...colored })

/** The shape of a `VehicleGroup`. */
export const vehicleGroup = record<VehicleGroup>("VehicleGroup", { id, ...colored })

/** The shape of a `VehicleAreaAssignment`. */
export const vehicleAreaAssignment = record<VehicleAreaAssignment>("VehicleAreaAssignment", {
  id,
  area: anyObject,
  ...all(text, "arrived departed driverArrived driverDeparted")
})

/** The shape of a `VehicleDriver`. */
export const vehicleDriver = record<VehicleDriver>("VehicleDriver", {
  id,
  ...all(text, "name surname email phone status driverSensorId driverFOBId lastLoggedAt"),
  role: anything
})
