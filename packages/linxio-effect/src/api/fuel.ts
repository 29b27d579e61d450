/** Fuel records, fuel cards and summaries. The operations and their records, from public sources only. */
import { type Id, idBody, type ListParams, one, operation, page, params } from "./operation.ts"
import { all, anyObject, either, id, number, record, text } from "./shape.ts"

/**
 * The parameters of `records`, `cards` and `recordsByVehicle`.
 *
 * @example
 * ```ts
 * import type { FuelListParams } from "linxio-js"
 *
 * const params: FuelListParams = { vehicleId: 1, fields: ["transactionDate", "refueled", "total"], limit: 50 }
 * ```
 */
export interface FuelListParams extends ListParams<FuelRecordField> {
  /** The id of the vehicle. @default all vehicles */
  readonly vehicleId?: Id | undefined
}

/**
 * The parameters of `summary`.
 *
 * @example
 * ```ts
 * import type { FuelSummaryParams } from "linxio-js"
 *
 * const june: FuelSummaryParams = { startDate: "2026-06-01T00:00:00+09:30", endDate: "2026-07-01T00:00:00+09:30" }
 * ```
 */
export interface FuelSummaryParams extends ListParams {
  /** The start of the range: ISO-8601 with an offset, or a `Date`. */
  readonly startDate?: string | Date | undefined
  /** The end of the range: ISO-8601 with an offset, or a `Date`. */
  readonly endDate?: string | Date | undefined
  /** The id of the vehicle. @default all vehicles */
  readonly vehicleId?: Id | undefined
}

/**
 * One purchase of fuel.
 *
 * @example
 * ```ts
 * import type { FuelRecord } from "linxio-js"
 *
 * const line = ({ petrolStation, refueled }: FuelRecord) => `${petrolStation}: ${refueled}`
 * console.log(line({ petrolStation: "North", refueled: 48.2 })) // => North: 48.2
 * ```
 */
export interface FuelRecord {
  /** The id of the record; compare it as text. */
  readonly id?: Id | null
  /** When the fuel was bought, ISO-8601. */
  readonly transactionDate?: string | null
  /** The driver: a name, or a record. */
  readonly driver?: string | Readonly<Record<string, unknown>> | null
  /** The number of the fuel card. */
  readonly fuelCardNumber?: string | null
  /** The price per unit; unit and currency are not stated. */
  readonly fuelPrice?: number | null
  /** Where it was bought. */
  readonly petrolStation?: string | null
  /** The volume; unit not stated. */
  readonly refueled?: number | null
  /** What it cost; the currency is not stated. */
  readonly total?: number | null
  /** The vehicle that it is assigned to. */
  readonly vehicle?: Readonly<Record<string, unknown>> | null
  readonly [field: string]: unknown
}

/**
 * A fuel card.
 *
 * @example
 * ```ts
 * import type { FuelCard } from "linxio-js"
 *
 * const isAssigned = (card: FuelCard) => card.vehicleId !== null && card.vehicleId !== undefined
 * console.log(isAssigned({ id: 1, cardNumber: "7001", vehicleId: null })) // => false
 * ```
 */
export interface FuelCard {
  /** The id of the card; compare it as text. */
  readonly id?: Id | null
  /** The number on the card. */
  readonly cardNumber?: string | null
  /** The id of the vehicle that it belongs to. */
  readonly vehicleId?: Id | null
  readonly [field: string]: unknown
}

/**
 * The fuel that one vehicle took in a range of time.
 *
 * @example
 * ```ts
 * import type { FuelSummaryRecord } from "linxio-js"
 *
 * const spent = (rows: ReadonlyArray<FuelSummaryRecord>) => rows.reduce((sum, { total }) => sum + (total ?? 0), 0)
 * console.log(spent([{ regNo: "LNX-001", total: 80 }, { regNo: "LNX-002" }])) // => 80
 * ```
 */
export interface FuelSummaryRecord {
  /** The registration number of the vehicle. */
  readonly regNo?: string | null
  /** The name of its depot. */
  readonly depot?: string | null
  /** The names of its groups, in one text. */
  readonly groups?: string | null
  /** The distance; unit not stated. */
  readonly mileage?: number | null
  /** The volume; unit not stated. */
  readonly refueled?: number | null
  /** What it cost; the currency is not stated. */
  readonly total?: number | null
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a fuel record; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { FuelRecordField } from "linxio-js"
 *
 * const fields: Array<FuelRecordField> = ["transactionDate", "refueled", "total"]
 * ```
 */
export type FuelRecordField =
  | "transactionDate"
  | "vehicleIds"
  | "driverId"
  | "refueled"
  | "total"
  | "fuelPrice"
  | "petrolStation"

const fuelRecord = record<FuelRecord>("FuelRecord", {
  id,
  ...all(text, "transactionDate fuelCardNumber petrolStation"),
  ...all(number, "fuelPrice refueled total"),
  driver: either(text, anyObject),
  vehicle: anyObject
})

const fuelCard = record<FuelCard>("FuelCard", { ...all(id, "id vehicleId"), cardNumber: text })

const fuelSummaryRecord = record<FuelSummaryRecord>("FuelSummaryRecord", {
  ...all(text, "regNo depot groups"),
  ...all(number, "mileage refueled total")
})

const listOfFuel = { query: params<FuelListParams>("fields", "limit", "page", "sort", "vehicleId") }

/** The operations, by the names of the methods that offer them. */
export const fuel = {
  /** A page of fuel records: the same request as `cards`, read as purchases. Derived from the dashboard. */
  records: operation("GET", "/fuel-cards/json", "DP", page(fuelRecord, "fuelCards"), listOfFuel),
  /** A page of fuel cards: the same request as `records`, read as cards; no source says how Linxio tells them apart. Derived from the dashboard. */
  cards: operation("GET", "/fuel-cards/json", "D", page(fuelCard, "fuelCards"), listOfFuel),
  /** A page of fuel records, by vehicle. Derived from the dashboard. */
  recordsByVehicle: operation("GET", "/fuel-cards-by-vehicle/json", "DP", page(fuelRecord, "fuelCards"), listOfFuel),
  /** A page of totals, one for each vehicle. Derived from the dashboard. */
  summary: operation("GET", "/fuel-summary-report", "DP", page(fuelSummaryRecord, "summary"), {
    query: params<FuelSummaryParams>("fields", "limit", "page", "sort", "startDate", "endDate", "vehicleId")
  }),
  /** All types of fuel; none of their fields is documented. Derived from the dashboard. */
  fuelTypes: operation("GET", "/fuel-types", "DP", page(anyObject, "fuelTypes")),
  /** Assigns a fuel record to a vehicle. Derived from the dashboard. */
  assignTransaction: operation("PATCH", "/fuel-cards/record/:recordId", "D", one(fuelRecord), {
    ...idBody("vehicleId"),
    idempotent: true
  })
}
