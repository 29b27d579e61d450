/** Drivers, and which vehicle each drives. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { SeededVehicle } from "../Options.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { Call, HandlersOf } from "./call.ts"
import { iso } from "./collection.ts"
import { people } from "./people.ts"

type Named = Call<"drivers.assignToVehicle"> | Call<"drivers.unassignFromVehicle">

const driversOf = ({ state }: Pick<Named, "state">) => people.everybody(state).filter(people.isDriver(state))

const driver = (call: Named) => people.found(driversOf(call), call.params.driverId, "Driver")

const vehicle = ({ params, state }: Named): Effect.Effect<SeededVehicle, Refusal> => {
  const one = state.current.vehicles.find(({ id }) => String(id) === params.vehicleId)
  return one ? Effect.succeed(one) : Effect.fail(reject(404, "Vehicle not found."))
}

const change = ({ now, state }: Named, { id }: SeededVehicle, changes: object): void =>
  state.update((before) => ({
    ...before,
    vehicles: before.vehicles.map((one) => (one.id === id ? { ...one, ...changes, updatedAt: iso(now) } : one))
  }))

/** What the operations do. */
export const driversHandlers: HandlersOf<"drivers"> = {
  list: ({ query, state }) => people.listed(state, driversOf({ state }), query),

  assignToVehicle: Effect.fnUntraced(function* (call) {
    const driven = yield* vehicle(call)
    const { id, ...person } = yield* driver(call)
    const { email, name, phone, role, status, surname } = person
    change(call, driven, { driverId: id, driver: { id, name, surname, email, phone, role, status } })
  }),

  /** A driver who does not drive the vehicle stays so. */
  unassignFromVehicle: Effect.fnUntraced(function* (call) {
    const driven = yield* vehicle(call)
    const { id } = yield* driver(call)
    if (String(driven["driverId"]) === String(id)) change(call, driven, { driverId: null, driver: null })
  })
}
