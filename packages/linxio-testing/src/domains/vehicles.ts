/** The vehicles of the embedded Linxio: read-only, a page at a time. */
import * as Effect from "effect/Effect"
import type { SeededVehicle } from "../Options.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { Input, Reply } from "../wire/codec.ts"

const sortKey = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? ""))

const compare = (a: unknown, b: unknown): number =>
  typeof a === "number" && typeof b === "number" ? a - b : sortKey(a).localeCompare(sortKey(b), "en")

const sorted = (vehicles: ReadonlyArray<SeededVehicle>, sort: string | undefined): ReadonlyArray<SeededVehicle> => {
  if (sort === undefined || sort === "") return vehicles
  const field = sort.replace(/^-/, "")
  const direction = sort.startsWith("-") ? -1 : 1
  return [...vehicles].sort((a, b) => direction * compare(a[field], b[field]))
}

/** `GET /vehicles/fields/json`: the id always, and of the other fields those asked for, or all. */
export const list = (
  vehicles: ReadonlyArray<SeededVehicle>,
  query: Input<"listVehicles">["query"]
): Effect.Effect<Reply<"listVehicles">, Refusal> => {
  const { limit = 100, page = 1, sort } = query
  for (const [field, value] of Object.entries({ limit, page })) {
    if (!Number.isInteger(value) || value < 1)
      return Effect.fail(reject(400, { [field]: "This value should be a positive number." }))
  }
  const fields = query["fields[]"]
  const pick = (vehicle: SeededVehicle) =>
    fields === undefined
      ? { ...vehicle }
      : Object.fromEntries(Object.entries(vehicle).filter(([key]) => key === "id" || fields.includes(key)))
  return Effect.succeed({
    data: sorted(vehicles, sort)
      .slice((page - 1) * limit, page * limit)
      .map(pick),
    page,
    limit,
    total: vehicles.length
  })
}

/** `GET /vehicles/{id}`. */
export const read = (
  vehicles: ReadonlyArray<SeededVehicle>,
  id: string
): Effect.Effect<Reply<"getVehicle">, Refusal> => {
  const vehicle = vehicles.find((candidate) => String(candidate.id) === id)
  return vehicle === undefined ? Effect.fail(reject(404, "Vehicle not found.")) : Effect.succeed({ ...vehicle })
}
