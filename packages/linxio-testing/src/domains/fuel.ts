/** Fuel records, fuel cards and summaries. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { SeededRecord } from "../Options.ts"
import type { StateCell } from "../state/serverState.ts"
import { reject } from "../wire/answer.ts"
import type { HandlersOf } from "./call.ts"
import { collection, mostOnAPage } from "./collection.ts"
import { type ListQuery, paged, within } from "./lists.ts"

/** One kind of records for cards and purchases: both have the same request. */
const purchases = collection("fuelCards", "Fuel record", "recordId")

const fuelTypes = [
  { id: 1, name: "Diesel" },
  { id: 2, name: "Petrol 91" },
  { id: 3, name: "Electricity" }
]

const list = ({ query, state }: { readonly query: ListQuery; readonly state: StateCell }) =>
  Effect.flatMap(within(purchases.all(state), query, "transactionDate"), ({ items, rest }) =>
    paged(items, rest, mostOnAPage)
  )

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null)

const sumOf = (records: ReadonlyArray<SeededRecord>, field: string): number =>
  Math.round(records.reduce((sum, record) => sum + (Number(record[field]) || 0), 0) * 100) / 100

/** What the operations do. */
export const fuelHandlers: HandlersOf<"fuel"> = {
  records: list,

  recordsByVehicle: list,

  summary: ({ query, state }) =>
    Effect.flatMap(within(purchases.all(state), query, "transactionDate"), ({ items, rest }) => {
      const byVehicle = new Map<string, Array<SeededRecord>>()
      for (const item of items) {
        const key = String(item["vehicleId"])
        const others = byVehicle.get(key)
        if (others) others.push(item)
        else byVehicle.set(key, [item])
      }
      const rows = state.current.vehicles.flatMap((vehicle) => {
        const own = byVehicle.get(String(vehicle.id))
        if (own === undefined) return []
        const { depotName, groupsList, id, regNo = null } = vehicle
        const totals = { mileage: sumOf(own, "mileage"), refueled: sumOf(own, "refueled"), total: sumOf(own, "total") }
        return [{ vehicleId: id, regNo, depot: textOf(depotName), groups: textOf(groupsList), ...totals }]
      })
      return paged(rows, rest, mostOnAPage)
    }),

  fuelTypes: () => Effect.succeed(fuelTypes),

  assignTransaction: Effect.fnUntraced(function* (call) {
    yield* purchases.find(call)
    const vehicle = call.state.current.vehicles.find(({ id }) => String(id) === String(call.payload.vehicleId))
    if (vehicle === undefined) return yield* reject(422, { vehicleId: "This vehicle does not exist." })
    const { id, regNo } = vehicle
    return yield* purchases.change(call, { vehicleId: id, vehicle: { id, regNo } })
  })
}
