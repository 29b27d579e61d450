/** What every list of the embedded Linxio can do: filter, sort, narrow, and cut into pages. */
import * as Effect from "effect/Effect"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"

type Item = Readonly<Record<string, unknown>>

/** The query of a list, as the wire has it. */
export interface ListQuery {
  readonly "fields[]"?: ReadonlyArray<string>
  readonly limit?: number
  readonly page?: number
  readonly sort?: string
  readonly [filter: string]: unknown
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? ""))

/** `Date.parse` reads a year into many a text. */
const timeOf = (value: unknown): number =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN

/** What a value is compared by. */
const keyOf = (value: unknown) => ({
  number: typeof value === "number" ? value : Number(value ?? Number.NaN),
  time: timeOf(value),
  text: textOf(value)
})

type Key = ReturnType<typeof keyOf>

/** Numbers as numbers, times as moments, whatever their offset, and anything else as text. */
const order = (a: Key, b: Key): number => {
  if (!Number.isNaN(a.number) && !Number.isNaN(b.number)) return a.number - b.number
  return Number.isNaN(a.time) || Number.isNaN(b.time) ? a.text.localeCompare(b.text, "en") : a.time - b.time
}

const comparisons: Readonly<Record<string, (by: number) => boolean>> = {
  gte: (by) => by >= 0,
  gt: (by) => by > 0,
  lte: (by) => by <= 0,
  lt: (by) => by < 0
}

const known = new Set(["fields[]", "limit", "page", "sort"])

/** `status=active`, `id[]=1&id[]=2`, `updatedAt[gte]=…`. */
export const filtered = <A extends object>(items: ReadonlyArray<A>, query: Item): ReadonlyArray<A> => {
  const filters = Object.entries(query).filter(([key, value]) => !known.has(key) && value !== undefined)
  return items.filter((item) =>
    filters.every(([key, wanted]) => {
      const [, field = key, operator = ""] = /^(.+?)\[(\w*)\]$/.exec(key) ?? []
      const value: unknown = Reflect.get(item, field)
      const compare = comparisons[operator]
      if (compare) return value !== undefined && value !== null && compare(order(keyOf(value), keyOf(wanted)))
      return [wanted].flat().some((one) => textOf(value ?? null) === textOf(one))
    })
  )
}

/** The records whose time is in the range of the query, its end included, and the query without the range. A record without a time is in every range. */
export const within = <A extends Item>(items: ReadonlyArray<A>, query: ListQuery, field: string) => {
  const { dateFrom, dateTo, endDate = dateTo, startDate = dateFrom, ...rest } = query
  const [from = -Infinity, to = Infinity] = [startDate, endDate].map((time) =>
    time === undefined ? time : timeOf(time)
  )
  for (const [name, time] of Object.entries({ startDate: from, endDate: to })) {
    if (Number.isNaN(time)) return Effect.fail<Refusal>(reject(400, { [name]: "This value is not a valid datetime." }))
  }
  const isIn = (time: number): boolean => Number.isNaN(time) || (time >= from && time <= to)
  return Effect.succeed({ items: items.filter((item) => isIn(timeOf(item[field]))), rest })
}

const sorted = <A extends object>(items: ReadonlyArray<A>, sort: string | undefined): ReadonlyArray<A> => {
  if (sort === undefined || sort === "") return items
  const field = sort.replace(/^-/, "")
  const direction = sort.startsWith("-") ? -1 : 1
  return items
    .map((item) => ({ item, key: keyOf(Reflect.get(item, field)) }))
    .sort((a, b) => direction * order(a.key, b.key))
    .map(({ item }) => item)
}

/** What is left of a list and in which order, for the last question about it: a walk asks the same one for each page. */
const answers = new WeakMap<object, readonly [question: string, left: ReadonlyArray<object>]>()

const leftOf = <A extends object>(items: ReadonlyArray<A>, query: ListQuery): ReadonlyArray<A> => {
  const { "fields[]": _, limit: __, page: ___, ...rest } = query
  const question = JSON.stringify(rest)
  const [asked, known] = answers.get(items) ?? []
  // A cast: what is kept for these items was made from them.
  if (asked === question && known) return known as ReadonlyArray<A>
  const left = sorted(filtered(items, query), query.sort)
  answers.set(items, [question, left])
  return left
}

/** A page of what is left: the id always, and of the other fields those asked for, or all. No page holds more than `most`, however many were asked for. */
export const paged = <A extends object>(items: ReadonlyArray<A>, query: ListQuery, most: number) => {
  const { page = 1 } = query
  const { limit: asked = most } = query
  for (const [field, value] of Object.entries({ limit: asked, page })) {
    if (!Number.isInteger(value) || value < 1)
      return Effect.fail<Refusal>(reject(400, { [field]: "This value should be a positive number." }))
  }
  const limit = Math.min(asked, most)
  const fields = query["fields[]"]
  const narrowed = (item: A): A =>
    Object.fromEntries(
      Object.entries(item).filter(([key]) => fields === undefined || key === "id" || fields.includes(key))
    ) as A
  const left = leftOf(items, query)
  const data = left.slice((page - 1) * limit, page * limit).map(narrowed)
  return Effect.succeed({ data, page, limit, total: left.length })
}
