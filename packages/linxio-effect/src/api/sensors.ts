/** The operations on sensors, from public sources only. */
import { idBody, listParams, type Id, type ListParams, one, operation, page, params } from "./operation.ts"
import { sensor, type SensorField, temperatureHumidityReading } from "./sensorRecords.ts"

export type * from "./sensorRecords.ts"

/**
 * The parameters of the reports of temperature and humidity.
 *
 * @example
 * ```ts
 * import type { SensorReportParams } from "linxio-js"
 *
 * const today: SensorReportParams = { sensorId: 91, startDate: "2026-06-08T00:00:00+08:00", endDate: "2026-06-08T23:59:59+08:00" }
 * ```
 */
export interface SensorReportParams extends ListParams {
  /** The start: ISO-8601 with an offset, or a `Date`. */
  readonly startDate?: string | Date | undefined
  /** The end: ISO-8601 with an offset, or a `Date`; not before the start. */
  readonly endDate?: string | Date | undefined
  /** Another name of `startDate`, for `deviceTemperatureHumidityReport` only; which of the two Linxio wants is not clear. */
  readonly dateFrom?: string | Date | undefined
  /** Another name of `endDate`, for `deviceTemperatureHumidityReport` only. */
  readonly dateTo?: string | Date | undefined
  /** The readings of one sensor. */
  readonly sensorId?: Id | undefined
  /** The readings of one vehicle. */
  readonly vehicleId?: Id | undefined
}

const reportNames = ["fields", "limit", "page", "sort", "startDate", "endDate", "sensorId", "vehicleId"] as const

/** The operations, by the names of the methods that offer them. */
export const sensors = {
  /** A page of sensors. Unverified. */
  list: operation("GET", "/sensors", "UL", page(sensor, "sensors"), { query: listParams<SensorField>() }),
  /** One sensor. Unverified. */
  get: operation("GET", "/sensors/:sensorId", "UP", one(sensor)),
  /** Connects a sensor to a device. Unverified. */
  install: operation("POST", "/sensors/:sensorId/install", "U", one(sensor), idBody("deviceId")),
  /** A page of readings of temperature and humidity, by devices. Documented. */
  deviceTemperatureHumidityReport: operation(
    "GET",
    "/devices/sensors/report/temp-and-humidity",
    "OP",
    page(temperatureHumidityReading, "readings"),
    { query: params<SensorReportParams>(...reportNames, "dateFrom", "dateTo") }
  ),
  /** A page of readings of temperature and humidity, by vehicles. Documented. */
  vehicleTemperatureHumidityReport: operation(
    "GET",
    "/vehicles/report/sensors/temp-and-humidity",
    "OP",
    page(temperatureHumidityReading, "readings"),
    { query: params<SensorReportParams>(...reportNames) }
  )
}
