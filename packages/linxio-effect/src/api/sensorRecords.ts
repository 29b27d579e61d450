/** The records of sensors. Every field is optional and may be null, and fields that are not listed are kept. */
import type { Id } from "./operation.ts"
import { all, anyObject, flag, id, number, record, text } from "./shape.ts"

/**
 * A sensor, such as one for temperature.
 *
 * @example
 * ```ts
 * import type { Sensor } from "linxio-js"
 *
 * const label = (sensor: Sensor) => sensor.label ?? sensor.name ?? sensor.sensorId
 * console.log(label({ id: 91, label: "Cooler" })) // => Cooler
 * ```
 */
export interface Sensor {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** The id that the sensor itself sends: 12 hex digits in the known examples. */
  readonly sensorId?: Id | null
  /** The label to show. */
  readonly label?: string | null
  /** Its name. */
  readonly name?: string | null
  /** A text; the set of values is open. Known value: `temp-and-humidity`. */
  readonly type?: string | null
  /** A text; the set of values is open. Known value: `online`. */
  readonly systemStatus?: string | null
  /** The id of the device that it is connected to. */
  readonly deviceId?: Id | null
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** Whether it was created when it first sent. */
  readonly isAutoCreated?: boolean | null
  /** The team that it belongs to, with fields that are not documented. */
  readonly team?: Readonly<Record<string, unknown>> | null
  /** ISO-8601. */
  readonly createdAt?: string | null
  /** Who created it, with fields that are not documented. */
  readonly createdBy?: Readonly<Record<string, unknown>> | null
  /** ISO-8601. */
  readonly updatedAt?: string | null
  /** Who changed it last, with fields that are not documented. */
  readonly updatedBy?: Readonly<Record<string, unknown>> | null
  readonly [field: string]: unknown
}

/**
 * A reading of temperature and humidity.
 *
 * @example
 * ```ts
 * import type { TemperatureHumidityReading } from "linxio-js"
 *
 * const isWarm = ({ temperature }: TemperatureHumidityReading) => (temperature ?? 0) > 8
 * console.log(isWarm({ temperature: 4.5 })) // => false
 * ```
 */
export interface TemperatureHumidityReading {
  /** Unit not stated. */
  readonly temperature?: number | null
  /** Unit not stated. */
  readonly humidity?: number | null
  /** ISO-8601. */
  readonly occurredAt?: string | null
  /** The id of the sensor. */
  readonly sensorId?: Id | null
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a sensor; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { SensorField } from "linxio-js"
 *
 * const fields: Array<SensorField> = ["id", "label", "systemStatus"]
 * ```
 */
export type SensorField = "id" | "label" | "sensorId" | "systemStatus" | "team" | "type"

/** The shape of a `Sensor`. */
export const sensor = record<Sensor>("Sensor", {
  ...all(id, "id sensorId deviceId vehicleId"),
  ...all(text, "label name type systemStatus createdAt updatedAt"),
  isAutoCreated: flag,
  ...all(anyObject, "team createdBy updatedBy")
})

/** The shape of a `TemperatureHumidityReading`. */
export const temperatureHumidityReading = record<TemperatureHumidityReading>("TemperatureHumidityReading", {
  ...all(number, "temperature humidity"),
  ...all(id, "sensorId vehicleId"),
  occurredAt: text
})
