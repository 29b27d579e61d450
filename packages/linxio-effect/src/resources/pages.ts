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

/**
 * Returns after each page the next one to request, or undefined at the end. A list ends with an empty page, with a page without new records, when as
 * many records were read as `total` says, and without a `total` with a page that is shorter than its `limit`. The server's own `limit` and `page` count:
 * it may lower the requested limit, and it may ignore `page`.
 */
export const walk = (params: ListParams<string> | undefined) => {
  const first = numberOf(params?.page) ?? 1
  const seen = new Set<string>()
  let last = ""
  let at = first
  let received = 0
  return (page: Page<unknown>): ListParams<string> | undefined => {
    const size = page.data.length + (page.meta.invalid?.length ?? 0)
    const full = page.limit ?? size
    // The records before the first requested page were skipped.
    if (at === first) received = (first - 1) * full
    received += size
    const ids = page.data.flatMap((record): ReadonlyArray<string> => {
      const id: unknown = Object(record).id
      return typeof id === "string" || typeof id === "number" ? [String(id)] : []
    })
    const known = seen.size
    for (const id of ids) seen.add(id)
    const text = seen.size === 0 && page.total === undefined ? JSON.stringify(page.data) : ""
    const isOld = ids.length > 0 ? seen.size === known : text !== "" && text === last
    last = text
    if (size === 0 || isOld || (page.total === undefined ? size < full : received >= page.total)) return undefined
    return { ...params, page: ++at }
  }
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

export const startOf = (
  { path }: Operation,
  given: ReadonlyArray<unknown>
): Effect.Effect<Start, LinxioValidationError> =>
  Effect.try({
    try: () => {
      const count = namesOf(path).length
      const params = (given[count] ?? {}) as ListParams<string>
      const own = typeof params === "object" && !(Symbol.iterator in params)
      // Undefined means not given.
      const begin = own ? { ...params, page: params.page ?? 1 } : params
      return { ids: given.slice(0, count), begin, rest: given[count + 1] }
    },
    catch: () => new LinxioValidationError([{ field: "params", issue: "cannot be read" }])
  })

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
    const { begin, ids } = yield* startOf(operation, given)
    const data: Array<A> = []
    const invalid: Array<InvalidRecord> = []
    const next = walk(begin)
    let first: Page<A> | undefined
    let asked: ListParams<string> | undefined
    do {
      const page: Page<A> = yield* send(http, operation, [...ids, asked ?? begin])
      invalid.push(...invalidOf(page, data.length + invalid.length))
      data.push(...page.data)
      first ??= page
      asked = next(page)
    } while (asked)
    const { meta, ...rest } = first
    const { invalid: _, ...about } = meta
    return { ...rest, data, meta: { ...about, ...(invalid.length > 0 && { invalid }) } }
  })
