/** The vehicles of the embedded Linxio. */
import * as Effect from "effect/Effect"
import type { SeededVehicle } from "../Options.ts"
import { drivenUntil } from "../state/positions.ts"
import type { StateCell } from "../state/serverState.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { Call, HandlersOf } from "./call.ts"
import { iso, merged, mostOnAPage, nextId } from "./collection.ts"
import { asksFor, withPosition } from "./driven.ts"
import { filtered, paged } from "./lists.ts"

const types = [
  { id: 1, name: "Car", order: 1, default: "#607d8b", driving: "#2bb100", idling: "#ff9800", stopped: "#f44336" },
  { id: 2, name: "Van", order: 2, default: "#607d8b", driving: "#2bb100", idling: "#ff9800", stopped: "#f44336" },
  { id: 3, name: "Truck", order: 3, default: "#607d8b", driving: "#2bb100", idling: "#ff9800", stopped: "#f44336" }
]

const vehiclesOf = (state: StateCell): ReadonlyArray<SeededVehicle> => state.current.vehicles

const found = ({
  params: { vehicleId },
  state
}: {
  readonly params: { readonly vehicleId: string }
  readonly state: StateCell
}): Effect.Effect<SeededVehicle, Refusal> => {
  const vehicle = vehiclesOf(state).find(({ id }) => String(id) === vehicleId)
  return vehicle ? Effect.succeed(vehicle) : Effect.fail(reject(404, "Vehicle not found."))
}

const put = (state: StateCell, vehicle: SeededVehicle): SeededVehicle => {
  state.update((before) => ({
    ...before,
    vehicles: before.vehicles.some(({ id }) => id === vehicle.id)
      ? before.vehicles.map((other) => (other.id === vehicle.id ? vehicle : other))
      : [...before.vehicles, vehicle]
  }))
  return vehicle
}

/** What a tenant may check; which rules Linxio has, is not public. */
const checked = (
  state: StateCell,
  { regNo }: { readonly regNo?: unknown },
  self: number | string | undefined
): Effect.Effect<void, Refusal> => {
  if (regNo === undefined && self !== undefined) return Effect.void
  if (typeof regNo !== "string" || regNo.trim() === "")
    return Effect.fail(reject(422, { regNo: "This value should not be blank." }))
  return vehiclesOf(state).some((other) => other.regNo === regNo && other.id !== self)
    ? Effect.fail(reject(422, { regNo: "This value is already used." }))
    : Effect.void
}

const withStatus = (status: string) => (call: Call<"vehicles.archive"> | Call<"vehicles.restore">) =>
  Effect.map(found(call), (vehicle) => {
    put(call.state, { ...vehicle, status, updatedAt: iso(call.now) })
  })

/** Metres. */
const firstOdometer = 84_215_000

/** The readings until a moment. An odometer that no one has set grows with the distance; one that was set keeps its value. */
const odometersOf = ({ current }: StateCell, { id, odometer }: SeededVehicle, at: number) => [
  typeof odometer === "number"
    ? { occurredAt: iso(0), odometer }
    : { occurredAt: iso(at), odometer: firstOdometer + drivenUntil(id, at) },
  ...(current.odometers.get(String(id)) ?? [])
]

/** What the operations on vehicles do. */
export const vehicleHandlers: HandlersOf<"vehicles"> = {
  count: ({ query, state }) => Effect.sync(() => ({ count: filtered(vehiclesOf(state), query).length })),

  list: ({ now, query, state }) =>
    Effect.map(paged(vehiclesOf(state), query, mostOnAPage), (page) =>
      asksFor(query, "lastCoordinates")
        ? { ...page, data: page.data.map((vehicle) => withPosition(vehicle, vehicle.id, now)) }
        : page
    ),

  get: found,

  create: Effect.fnUntraced(function* ({ now, payload, state }) {
    yield* checked(state, payload, undefined)
    return put(state, merged(nextId(vehiclesOf(state)), { status: "active" }, payload, { createdAt: iso(now) }))
  }),

  update: Effect.fnUntraced(function* (call) {
    const vehicle = yield* found(call)
    yield* checked(call.state, call.payload, vehicle.id)
    return put(call.state, merged(vehicle.id, vehicle, call.payload, { updatedAt: iso(call.now) }))
  }),

  archive: withStatus("archived"),

  restore: withStatus("active"),

  getOdometer: Effect.fnUntraced(function* (call) {
    const vehicle = yield* found(call)
    const asked = call.query["occurredAt"]
    const at = asked === undefined ? call.now : Date.parse(String(asked))
    if (Number.isNaN(at)) return yield* reject(400, { occurredAt: "This value is not a valid datetime." })
    const readings = odometersOf(call.state, vehicle, Math.min(at, call.now)).filter(
      ({ occurredAt }) => Date.parse(occurredAt) <= at
    )
    return { ...(readings.at(-1) ?? { odometer: 0, occurredAt: iso(at) }), vehicleId: vehicle.id }
  }),

  recalibrateOdometer: Effect.fnUntraced(function* (call) {
    const vehicle = yield* found(call)
    const { odometer } = call.payload
    const occurredAt = String(call.payload.occurredAt)
    if (odometer < 0) return yield* reject(422, { odometer: "This value should be either positive or zero." })
    if (Number.isNaN(Date.parse(occurredAt)))
      return yield* reject(422, { occurredAt: "This value is not a valid datetime." })
    const id = String(vehicle.id)
    call.state.update((state) => ({
      ...state,
      odometers: new Map(state.odometers).set(
        id,
        [...(state.odometers.get(id) ?? []), { odometer, occurredAt }].sort(
          (a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt)
        )
      )
    }))
    return { odometer, occurredAt, vehicleId: vehicle.id }
  }),

  getEngineHours: (call) =>
    Effect.map(found(call), ({ engineHours, id }) => ({
      engineHours: typeof engineHours === "number" ? engineHours : 812.5,
      vehicleId: id,
      occurredAt: iso(call.now)
    })),

  types: ({ query }) => paged(types, query, 1000)
}
