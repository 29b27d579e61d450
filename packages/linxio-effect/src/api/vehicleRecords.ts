/** The vehicle record. Every field is optional and may be null, and fields that are not listed are kept. */
import {
  latLng,
  type LatLng,
  type TeamSummary,
  teamSummary,
  type UserAuditSummary,
  userAuditSummary
} from "./common.ts"
import type { Id } from "./operation.ts"
import { all, either, id, list, number, record, text } from "./shape.ts"
import {
  type VehicleAreaAssignment,
  vehicleAreaAssignment,
  type VehicleDepot,
  vehicleDepot,
  type VehicleDriver,
  vehicleDriver,
  type VehicleGroup,
  vehicleGroup
} from "./vehicleParts.ts"

/**
 * A vehicle. A requested field without a value may be missing.
 *
 * @example
 * ```ts
 * import type { Vehicle } from "linxio-js"
 *
 * const label = (vehicle: Vehicle) => vehicle.defaultLabel ?? vehicle.regNo ?? String(vehicle.id)
 * console.log(label({ id: 1, regNo: "LNX-001" })) // => LNX-001
 * ```
 */
export interface Vehicle {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** The registration number. */
  readonly regNo?: string | null
  /** The label to show. */
  readonly defaultLabel?: string | null
  /** The vehicle identification number. */
  readonly vin?: string | null
  /** The manufacturer. */
  readonly make?: string | null
  /** Its model. */
  readonly model?: string | null
  /** Manufacturer and model in one text. */
  readonly makeModel?: string | null
  /** The calendar year it was made in. */
  readonly year?: number | null
  /** The name of its type. */
  readonly type?: string | null
  /** The id of its type, see `vehicles.types`. */
  readonly typeId?: Id | null
  /** The name of its type. */
  readonly typeName?: string | null
  /** A text; the set of values is open. Known values: `online`, `offline`, and `active` as a filter. */
  readonly status?: string | null
  /** The driver: a record, or a name; missing when there is none. */
  readonly driver?: VehicleDriver | string | null
  /** The id of the driver. */
  readonly driverId?: Id | null
  /** The id of its device. */
  readonly deviceId?: Id | null
  /** The team that it belongs to. */
  readonly team?: TeamSummary | null
  /** The id of the team. */
  readonly teamId?: Id | null
  /** Its depot. */
  readonly depot?: VehicleDepot | null
  /** The name of its depot. */
  readonly depotName?: string | null
  /** Its groups. */
  readonly groups?: ReadonlyArray<VehicleGroup> | null
  /** The names of its groups, in one text. */
  readonly groupsList?: string | null
  /** Its visits to geofences. */
  readonly areas?: ReadonlyArray<VehicleAreaAssignment> | null
  /** The last known position. */
  readonly lastCoordinates?: LatLng | null
  /** The time of the last contact, ISO-8601. */
  readonly lastLoggedAt?: string | null
  /** The totals of today. */
  readonly todayData?: TodayData | null
  /** Unit not stated. */
  readonly averageDailyMileage?: number | null
  /** Unit not stated. */
  readonly averageFuel?: number | null
  /** Unit not stated. */
  readonly co2Emissions?: number | null
  /** An open word. */
  readonly emissionClass?: string | null
  /** A limit, unit not stated. */
  readonly ecoSpeed?: number | null
  /** A limit, unit not stated. */
  readonly excessiveIdling?: number | null
  /** Unit not stated. */
  readonly engineCapacity?: number | null
  /** Unit not stated. */
  readonly enginePower?: number | null
  /** Unit not stated. */
  readonly engineOnTime?: number | null
  /** Unit not stated. */
  readonly fuelTankCapacity?: number | null
  /** The id of a fuel type. */
  readonly fuelType?: Id | null
  /** Unit not stated. */
  readonly grossWeight?: number | null
  /** A URL. */
  readonly picture?: string | null
  /** The number of the registration certificate. */
  readonly regCertNo?: string | null
  /** ISO-8601. */
  readonly regDate?: string | null
  /** Why it is not available. */
  readonly unavailableMessage?: string | null
  /** ISO-8601. */
  readonly createdAt?: string | null
  /** Who created it. */
  readonly createdBy?: UserAuditSummary | null
  /** ISO-8601. */
  readonly updatedAt?: string | null
  /** Who changed it last. */
  readonly updatedBy?: UserAuditSummary | null
  readonly [field: string]: unknown
}

/**
 * The totals of a vehicle for today. The time zone of the day is not documented.
 *
 * @example
 * ```ts
 * import type { TodayData } from "linxio-js"
 *
 * const stood = (today: TodayData) => today.distance === 0
 * console.log(stood({ distance: 0 })) // => true
 * ```
 */
export interface TodayData {
  /** Unit not stated. */
  readonly distance?: number | null
  /** Unit not stated. */
  readonly duration?: number | null
  /** Unit not stated. */
  readonly idleDuration?: number | null
  /** Unit not stated. */
  readonly avgSpeed?: number | null
  readonly [field: string]: unknown
}

/** The shape of a `Vehicle`. */
export const vehicle = record<Vehicle>("Vehicle", {
  ...all(id, "id typeId driverId deviceId teamId fuelType"),
  ...all(
    text,
    "regNo defaultLabel vin make model makeModel type typeName status depotName groupsList lastLoggedAt emissionClass picture regCertNo regDate unavailableMessage createdAt updatedAt"
  ),
  ...all(
    number,
    "year averageDailyMileage averageFuel co2Emissions ecoSpeed excessiveIdling engineCapacity enginePower engineOnTime fuelTankCapacity grossWeight"
  ),
  driver: either(text, vehicleDriver),
  team: teamSummary,
  depot: vehicleDepot,
  groups: list(vehicleGroup),
  areas: list(vehicleAreaAssignment),
  lastCoordinates: latLng,
  todayData: record<TodayData>("TodayData", all(number, "distance duration idleDuration avgSpeed")),
  createdBy: userAuditSummary,
  updatedBy: userAuditSummary
})

/**
 * Names for `fields` of a vehicle; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { VehicleField } from "linxio-js"
 *
 * const fields: Array<VehicleField> = ["id", "regNo", "lastCoordinates"]
 * ```
 */
export type VehicleField =
  | "id"
  | "regNo"
  | "defaultLabel"
  | "model"
  | "depotName"
  | "depot"
  | "groupsList"
  | "groups"
  | "driver"
  | "type"
  | "typeId"
  | "typeName"
  | "make"
  | "makeModel"
  | "vin"
  | "deviceId"
  | "status"
  | "lastLoggedAt"
  | "lastCoordinates"
  | "todayData"
