/** What the domains say of the places where vehicles are and were. */
import * as Effect from "effect/Effect"
import { type Position, positionAt } from "../state/positions.ts"
import { type Refusal, reject } from "../wire/answer.ts"
import { iso } from "./collection.ts"
import type { ListQuery } from "./lists.ts"

/** A position as Linxio writes it. */
export const coordinates = ({ at, lat, lng }: Position) => ({ lat, lng, ts: iso(at) })

/** The record with the last position of a vehicle, unless it has one of its own. Only for lists that ask for it: other answers are what was seeded. */
export const withPosition = <A extends object>(record: A, vehicleId: number | string, now: number): A =>
  "lastCoordinates" in record ? record : { ...record, lastCoordinates: coordinates(positionAt(vehicleId, now)) }

/** Whether a list was asked for this field by its name. */
export const asksFor = (query: ListQuery, field: string): boolean => query["fields[]"]?.includes(field) === true

const day = 86_400_000
const longest = 31 * day

const timeOf = (value: unknown): number => (typeof value === "string" ? Date.parse(value) : Number.NaN)

/** The range of a query, `dateFrom` and `dateTo`. Without one, the day until now. */
export const rangeOf = (
  { dateFrom, dateTo }: ListQuery,
  now: number
): Effect.Effect<{ readonly from: number; readonly to: number }, Refusal> => {
  const to = dateTo === undefined ? now : timeOf(dateTo)
  const from = dateFrom === undefined ? to - day : timeOf(dateFrom)
  const wrong = Object.entries({ dateFrom: from, dateTo: to }).filter(([, time]) => Number.isNaN(time))
  if (wrong.length > 0) {
    return Effect.fail(
      reject(400, Object.fromEntries(wrong.map(([name]) => [name, "This value is not a valid datetime."])))
    )
  }
  if (from > to) return Effect.fail(reject(400, { dateFrom: "This value should not be after dateTo." }))
  // Not a rule of Linxio: it bounds the size of an answer.
  if (to - from > longest) return Effect.fail(reject(400, { dateTo: "The range is longer than 31 days." }))
  return Effect.succeed({ from, to })
}
