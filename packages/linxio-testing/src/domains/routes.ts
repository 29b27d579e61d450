/** The routes that vehicles drove. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import { positionsBetween, type Trip, tripsBetween } from "../state/positions.ts"
import { reject } from "../wire/answer.ts"
import type { HandlersOf } from "./call.ts"
import { asksFor, coordinates, rangeOf } from "./driven.ts"

const kilometresPerHour = (metres: number, seconds: number): number =>
  seconds === 0 ? 0 : Math.round((metres / seconds) * 3.6)

/** Distances in metres, durations in seconds, speeds in kilometres per hour: Linxio's own units are not public. */
const routeOf = (vehicleId: number | string, trip: Trip) => {
  const { distance, finish, finishAddress, ordinal, start, startAddress, type } = trip
  const duration = Math.round((finish.at - start.at) / 1000)
  const speed = kilometresPerHour(distance, duration)
  return {
    id: `${vehicleId}-${ordinal}`,
    type,
    vehicleId,
    pointStart: { address: startAddress, lastCoordinates: coordinates(start) },
    pointFinish: { address: finishAddress, lastCoordinates: coordinates(finish) },
    distance,
    duration,
    avgSpeed: speed,
    maxSpeed: speed
  }
}

/** What the operations do. */
export const routesHandlers: HandlersOf<"routes"> = {
  getVehicleRoutes: Effect.fnUntraced(function* ({ now, params, query, state }) {
    const vehicle = state.current.vehicles.find(({ id }) => String(id) === params.vehicleId)
    if (vehicle === undefined) return yield* reject(404, "Vehicle not found.")
    const { from, to } = yield* rangeOf(query, now)
    const { driver = null, id, regNo } = vehicle
    const own = vehicle["driverId"]
    const driverId = typeof own === "number" || typeof own === "string" ? own : null
    const device = state.current.records.devices.find(({ vehicleId }) => String(vehicleId) === String(id))
    const routes = tripsBetween(id, from, to, now).map((trip) => ({
      ...routeOf(id, trip),
      driverId,
      deviceId: device?.id ?? null,
      ...(asksFor(query, "address") && { address: trip.finishAddress }),
      ...(asksFor(query, "vehicle") && { vehicle: { id, regNo } }),
      ...(asksFor(query, "driver") && { driver }),
      ...(asksFor(query, "coordinates") && {
        coordinates: positionsBetween(id, trip.start.at, trip.finish.at).map(coordinates)
      })
    }))
    return routes.length === 0 ? [] : [{ vehicleId: id, driverId, routes }]
  })
}
