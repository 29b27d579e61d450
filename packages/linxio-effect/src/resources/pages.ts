/** Pagination: the next page, and the end of a list. */
import * as Effect from "effect/Effect"
import { type InvalidRecord, type ListParams, namesOf, type Operation, type Page } from "../api/operation.ts"
import type { HttpClientService } from "../HttpClient.ts"
import { numberOf } from "../api/shape.ts"
import { type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import { send } from "./call.ts"

/** A list operation. */
export type ListOperation<A> = Operation<Page<A>>

/** Whether a list has pages to walk through; others give all their records at once. */
export const hasPages = ({ answer, query }: Operation): boolean =>
  answer.as === "page" && query !== undefined && query.names.includes("page")

/** The names of the methods that read several pages: `iterate` and `stream` for `list`, `iterateUsers` for `listUsers`, `iterateRecords` for `records`. */
export const pagingName = (prefix: "iterate" | "stream", method: string): string => {
  const rest = method.replace(/^list/, "")
  return prefix + rest.slice(0, 1).toUpperCase() + rest.slice(1)
}

/** The same as a type. */
export type PagingName<Prefix extends string, Method extends string> = Method extends `list${infer Rest}`
  ? `${Prefix}${Rest}`
  : `${Prefix}${Capitalize<Method>}`

/** The names of the operations with pages. Where any filter is allowed, only the type of `page` tells a parameter from a filter. */
export type Paged<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends Operation<infer A, string, unknown, infer Query>
    ? A extends Page<unknown>
      ? [Query] extends [never]
        ? never
        : Query["page" & keyof Query] extends ListParams["page"]
          ? Name
          : never
      : never
    : never
}[keyof Operations] &
  string

/** The names of the operations that give a file. */
export type Files<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends Operation<infer A> ? (A extends Blob ? Name : never) : never
}[keyof Operations] &
  string

/** The record of a page. */
export type RecordOf<O> = O extends Operation<Page<infer A>> ? A : never

/** A step through a list: the page without what was read before, and the parameters of the next one, or undefined at the end. */
export interface Step<A> {
  readonly page: Page<A>
  readonly asked: ListParams<string> | undefined
}

/**
 * Takes each page of a list in its order. A list ends with an empty page, with a page that repeats the first one or the one before, when as many
 * records were read as `total` says, and without a `total` with a page that is shorter than its `limit`. The server's own `limit` and `page` count: it may
 * lower the requested limit, and it may ignore `page`. What is remembered is two pages of ids, however long the list is.
 */
export const walk = (params: ListParams<string> | undefined) => {
  const start = numberOf(params?.page) ?? 1
  let first: ReadonlyArray<string> | undefined
  let before: ReadonlyArray<string> | undefined
  let last = ""
  let at = start
  let received = 0
  return <A>(page: Page<A>): Step<A> => {
    const size = page.data.length + (page.meta.invalid?.length ?? 0)
    const full = page.limit ?? size
    // The records before the first requested page were skipped.
    if (at === start) received = (start - 1) * full
    received += size
    const ids = idsOf(page)
    if (ids && (isWithin(ids, before) || isWithin(ids, first))) return { page: emptied(page), asked: undefined }
    const text = ids || page.total !== undefined ? "" : JSON.stringify(page.data)
    // Records without ids may be alike, so they are not taken for repeated ones; the list ends all the same.
    const isEnd = size === 0 || (text !== "" && text === last)
    first ??= ids
    before = ids
    last = text
    if (isEnd || (page.total === undefined ? size < full : received >= page.total)) return { page, asked: undefined }
    return { page, asked: { ...params, page: ++at } }
  }
}

/** The ids of all records of a page, or undefined if there are no records, or one has no id. */
const idsOf = ({ data }: Page<unknown>): ReadonlyArray<string> | undefined => {
  const ids: Array<string> = []
  for (const record of data) {
    const id: unknown = Object(record).id
    if (typeof id !== "string" && typeof id !== "number") return undefined
    ids.push(String(id))
  }
  return ids.length > 0 ? ids : undefined
}

const isWithin = (ids: ReadonlyArray<string>, known: ReadonlyArray<string> | undefined): boolean => {
  // Nearly every page is new, which its first record shows.
  if (!known?.includes(ids[0] ?? "")) return false
  const all = new Set(known)
  return ids.every((id) => all.has(id))
}

const emptied = <A>(page: Page<A>): Page<A> => {
  const { invalid: _, ...meta } = page.meta
  return { ...page, data: [], meta }
}

/** Where a walk starts. */
export interface Start {
  /** The ids of the path. */
  readonly ids: ReadonlyArray<unknown>
  /** A copy of the parameters: pages are requested later, and the caller's input is read only once. */
  readonly begin: ListParams<string>
  /** The argument after the parameters. */
  readonly rest: unknown
}

export const startOf = ({ path }: Operation, given: ReadonlyArray<unknown>): Start | LinxioValidationError => {
  const count = namesOf(path).length
  try {
    const params = (given[count] ?? {}) as ListParams<string>
    const own = typeof params === "object" && !(Symbol.iterator in params)
    // Undefined means not given.
    const begin = own ? { ...params, page: params.page ?? 1 } : params
    return { ids: given.slice(0, count), begin, rest: given[count + 1] }
  } catch {
    return new LinxioValidationError([{ field: "params", issue: "cannot be read" }])
  }
}

/** The records of a page that could not be read, by their index in the whole list. */
export const invalidOf = ({ meta }: Page<unknown>, before: number): ReadonlyArray<InvalidRecord> =>
  (meta.invalid ?? []).map(({ index, issue }) => ({ index: before + index, issue }))

/** Reads all pages into one result. */
export const collect = <A>(
  http: HttpClientService,
  operation: ListOperation<A>,
  given: ReadonlyArray<unknown>
): Effect.Effect<Page<A>, LinxioFailure> =>
  Effect.gen(function* () {
    const start = startOf(operation, given)
    if (start instanceof LinxioValidationError) return yield* Effect.fail(start)
    const { begin, ids } = start
    const data: Array<A> = []
    const invalid: Array<InvalidRecord> = []
    const next = walk(begin)
    let first: Page<A> | undefined
    let asked: ListParams<string> | undefined
    do {
      const step: Step<A> = next(yield* send(http, operation, [...ids, asked ?? begin]))
      invalid.push(...invalidOf(step.page, data.length + invalid.length))
      for (const record of step.page.data) data.push(record)
      first ??= step.page
      asked = step.asked
    } while (asked)
    const { meta, ...rest } = first
    const { invalid: _, ...about } = meta
    return { ...rest, data, meta: { ...about, ...(invalid.length > 0 && { invalid }) } }
  })
