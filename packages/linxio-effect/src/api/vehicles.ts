/** The operations on vehicles and their records, from public sources only. */
import { count, done, type Filters, type Id, listParams, one, operation, page, params } from "./operation.ts"
import { all, flag, id, list, needed, number, record, text } from "./shape.ts"
import { vehicle, type VehicleField } from "./vehicleRecords.ts"

export type * from "./vehicleParts.ts"
export type * from "./vehicleRecords.ts"

/**
 * The parameters of `getOdometer`.
 *
 * @example
 * ```ts
 * import type { OdometerParams } from "linxio-js"
 *
 * const atNewYear: OdometerParams = { occurredAt: "2026-01-01T00:00:00+10:30" }
 * ```
 */
export interface OdometerParams extends Filters {
  /** The moment: ISO-8601 with an offset, or a `Date`. @default now */
  readonly occurredAt?: string | Date | undefined
}

/**
 * The fields of a vehicle to create or to change. No field is documented as required; Linxio answers 422 if a tenant requires one.
 *
 * @example
 * ```ts
 * import type { LinxioClient, VehiclePayload } from "linxio-js"
 *
 * const van: VehiclePayload = { regNo: "LNX-004", model: "Transit" }
 * const create = (linxio: LinxioClient) => linxio.vehicles.create(van)
 * ```
 */
export interface VehiclePayload {
  /** The registration number. */
  readonly regNo?: string | undefined
  /** The label to show. */
  readonly defaultLabel?: string | undefined
  /** Its model. */
  readonly model?: string | undefined
  /** The vehicle identification number. */
  readonly vin?: string | undefined
  /** The id of its type, see `vehicles.types`. */
  readonly typeId?: Id | undefined
  /** The id of its depot; null removes it from its depot. */
  readonly depotId?: Id | null | undefined
  /** The ids of its groups. */
  readonly groupIds?: ReadonlyArray<Id> | undefined
  readonly [field: string]: unknown
}

/**
 * The odometer of a vehicle at a moment.
 *
 * @example
 * ```ts
 * import type { Odometer } from "linxio-js"
 *
 * const reading: Odometer = { odometer: 120_500, vehicleId: 1 }
 * console.log(reading.odometer) // => 120500
 * ```
 */
export interface Odometer {
  /** In metres when it is set; the unit of a reading is not documented. */
  readonly odometer: number
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** The id of the reading. */
  readonly id?: Id | null
  /** The id of the device. */
  readonly deviceId?: Id | null
  /** The id of the driver. */
  readonly driverId?: Id | null
  /** When it was read, ISO-8601. */
  readonly occurredAt?: string | null
  /** Unit not stated. */
  readonly accuracy?: number | null
  /** Whether the device reports the same value. */
  readonly isSyncedWithDevice?: boolean | null
  /** ISO-8601. */
  readonly lastTrackerRecordOccurredAt?: string | null
  /** Unit not stated. */
  readonly lastTrackerRecordOdometer?: number | null
  readonly [field: string]: unknown
}

/**
 * The new value of an odometer.
 *
 * @example
 * ```ts
 * import type { OdometerRecalibration } from "linxio-js"
 *
 * const now: OdometerRecalibration = { odometer: 120_500, occurredAt: new Date() }
 * ```
 */
export interface OdometerRecalibration {
  /** Metres. */
  readonly odometer: number
  /** When the odometer had this value: ISO-8601 with an offset, or a `Date`. */
  readonly occurredAt: string | Date
}

/**
 * The engine hours of a vehicle.
 *
 * @example
 * ```ts
 * import type { EngineHours } from "linxio-js"
 *
 * const reading: EngineHours = { engineHours: 812, vehicleId: 1 }
 * console.log(reading.engineHours) // => 812
 * ```
 */
export interface EngineHours {
  /** Unit not stated. */
  readonly engineHours: number
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** The id of the reading. */
  readonly id?: Id | null
  /** ISO-8601. */
  readonly occurredAt?: string | null
  /** Unit not stated. */
  readonly prevEngineHours?: number | null
  readonly [field: string]: unknown
}

/**
 * A type of vehicles, with the colors of its states.
 *
 * @example
 * ```ts
 * import type { VehicleType } from "linxio-js"
 *
 * const truck: VehicleType = { id: 2, name: "Truck", driving: "#2bb100" }
 * console.log(truck.name) // => Truck
 * ```
 */
export interface VehicleType {
  /** The id of the type. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** Its place in the list. */
  readonly order?: number | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  /** CSS hex. */
  readonly default?: string | null
  /** CSS hex. */
  readonly driving?: string | null
  /** CSS hex. */
  readonly idling?: string | null
  /** CSS hex. */
  readonly stopped?: string | null
  readonly [field: string]: unknown
}

const vehiclePayload = record<VehiclePayload>("VehiclePayload", {
  ...all(text, "regNo defaultLabel model vin"),
  ...all(id, "typeId depotId"),
  groupIds: list(id)
})

const odometer = record<Odometer>("Odometer", {
  odometer: needed(number),
  ...all(id, "vehicleId id deviceId driverId"),
  ...all(text, "occurredAt lastTrackerRecordOccurredAt"),
  ...all(number, "accuracy lastTrackerRecordOdometer"),
  isSyncedWithDevice: flag
})

const vehicleType = record<VehicleType>("VehicleType", {
  id,
  order: number,
  ...all(text, "name status default driving idling stopped")
})

/** The operations on vehicles, by the names of the methods that offer them. */
export const vehicles = {
  /** A page of vehicles. Documented. */
  list: operation("GET", "/vehicles/fields/json", "O+L", page(vehicle, "vehicles"), {
    query: listParams<VehicleField>()
  }),
  /** One vehicle. Documented. */
  get: operation("GET", "/vehicles/:vehicleId", "OP", one(vehicle)),
  /** Creates a vehicle; the response has at least the id. Documented. */
  create: operation("POST", "/vehicles", "O", one(vehicle), { payload: vehiclePayload }),
  /** Changes what is given; a POST, not a PATCH. Documented. */
  update: operation("POST", "/vehicles/:vehicleId", "O", one(vehicle), { payload: vehiclePayload }),
  /** Takes a vehicle out of use; `restore` brings it back. Derived from the dashboard. */
  archive: operation("PATCH", "/vehicles/:vehicleId/archive", "D", done, { idempotent: true }),
  /** Brings an archived vehicle back; a POST, while every other restore is a PATCH. Derived from the dashboard. */
  restore: operation("POST", "/vehicles/:vehicleId/restore", "D", done, { idempotent: true }),
  /** The current odometer, or the odometer at `occurredAt`. Documented. */
  getOdometer: operation("GET", "/vehicles/:vehicleId/odometer", "OP", one(odometer), {
    query: params<OdometerParams>("occurredAt")
  }),
  /** Sets the odometer. Documented. */
  recalibrateOdometer: operation("POST", "/vehicles/:vehicleId/odometer", "O", one(odometer), {
    payload: record<OdometerRecalibration>("OdometerRecalibration", {
      odometer: needed(number),
      occurredAt: needed(text)
    })
  }),
  /** The current engine hours. Derived from the dashboard. */
  getEngineHours: operation(
    "GET",
    "/vehicles/:vehicleId/engine-hours/current",
    "DP",
    one(
      record<EngineHours>("EngineHours", {
        engineHours: needed(number),
        ...all(id, "vehicleId id"),
        occurredAt: text,
        prevEngineHours: number
      })
    )
  ),
  /** The number of vehicles that match the filters, such as `status`. Derived from the dashboard. */
  count: operation("GET", "/vehicles/count", "DP", count, { query: params<Filters>() }),
  /** The vehicle types, all unless a limit is given. Derived from the dashboard. */
  types: operation("GET", "/vehicles/types", "DP", page(vehicleType, "types"), {
    query: listParams(),
    defaults: { limit: 1000, sort: "order" }
  })
}
