/** The range of time of a list. */
import * as Effect from "effect/Effect"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { ListQuery } from "./lists.ts"

/** The records whose time is in the range of the query, its end included, and the query without the range. A record without a time is in every range. */
export const within = <A extends Readonly<Record<string, unknown>>>(
  items: ReadonlyArray<A>,
  query: ListQuery,
  field: string
): Effect.Effect<{ readonly items: ReadonlyArray<A>; readonly rest: ListQuery }, Refusal> => {
  const { dateFrom, dateTo, endDate = dateTo, startDate = dateFrom, ...rest } = query
  const [from, to] = [startDate, endDate].map((time) => (time === undefined ? undefined : Date.parse(String(time))))
  for (const [name, time] of Object.entries({ startDate: from, endDate: to })) {
    if (Number.isNaN(time)) return Effect.fail(reject(400, { [name]: "This value is not a valid datetime." }))
  }
  const isIn = (item: A): boolean => {
    const time = Date.parse(String(item[field]))
    return Number.isNaN(time) || (time >= (from ?? -Infinity) && time <= (to ?? Infinity))
  }
  return Effect.succeed({ items: items.filter(isIn), rest })
}
