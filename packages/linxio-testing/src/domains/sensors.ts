/** Sensors and their readings. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { StateCell } from "../state/serverState.ts"
import { reject } from "../wire/answer.ts"
import type { HandlersOf } from "./call.ts"
import { collection, mostOnAPage } from "./collection.ts"
import { type ListQuery, paged, within } from "./lists.ts"

const sensors = collection("sensors", "Sensor", "sensorId")
const readings = collection("sensorReadings", "Reading", "readingId")

const report = ({ query, state }: { readonly query: ListQuery; readonly state: StateCell }) =>
  Effect.flatMap(within(readings.all(state), query, "occurredAt"), ({ items, rest }) => paged(items, rest, mostOnAPage))

/** What the operations do. */
export const sensorsHandlers: HandlersOf<"sensors"> = {
  list: sensors.list,

  get: sensors.find,

  install: Effect.fnUntraced(function* (call) {
    yield* sensors.find(call)
    const device = call.state.current.records.devices.find(({ id }) => String(id) === String(call.payload.deviceId))
    if (device === undefined) return yield* reject(422, { deviceId: "This device does not exist." })
    return yield* sensors.change(call, { deviceId: device.id, vehicleId: device["vehicleId"] ?? null })
  }),

  deviceTemperatureHumidityReport: report,

  vehicleTemperatureHumidityReport: report
}
