/** Names of `@ambulancewa/linxio-js` for what is no record: pages, results, ids and values of JSON. */
import type { Id, Page, PageMeta, QueryValue } from "linxio-effect/api/operation"
import type { ClientOptions } from "../options.ts"
import type { PageResult, Result } from "./Result.ts"

/** @deprecated Another name of `Page`. */
export type LinxioPage<T> = Page<T>
/** @deprecated Another name of `PageMeta`, in which `limit` and `total` may be missing. */
export type LinxioPaginationMeta = PageMeta
/** @deprecated A `PageResult` without an error. */
export type LinxioPageSuccess<T> = Extract<PageResult<T>, { readonly error: null }>
/** @deprecated A `PageResult` with an error. */
export type LinxioPageFailure = Exclude<PageResult<never>, { readonly error: null }>
/** @deprecated A `Result` without an error. */
export type LinxioSuccess<T> = Extract<Result<T>, { readonly error: null }>
/** @deprecated Another name of `Id`. */
export type LinxioId = Id
/** @deprecated A record whose fields are not known. */
export type LinxioRecord = Readonly<Record<string, unknown>>
/** @deprecated The kinds of teams that are known; others may come. */
export type LinxioTeamType = "admin" | "client" | "reseller" | (string & {})
/** @deprecated The states of records that are known; others may come. */
export type LinxioResourceStatus = "active" | "archived" | "deleted" | "disabled" | "inactive" | (string & {})
/** @deprecated A time as text, ISO-8601. */
export type ISODateString = string
/** @deprecated A value in a query that is no time. */
export type QueryPrimitive = string | number | boolean
/** @deprecated The type of `query` in `RequestOptions`. */
export type QueryParams = Readonly<Record<string, QueryValue | ReadonlyArray<QueryValue>>>
/** @deprecated The names in `fields` of a list. */
export type FieldSelector<Field extends string = string> = ReadonlyArray<Field>
/** @deprecated No syntax for a direction is public; `sort` takes the name of a field. */
export type SortDirection = "asc" | "desc"
/** @deprecated The range of a list; which pair a list takes, its own parameters say. */
export interface DateRangeParams {
  /** The start. */
  readonly dateFrom?: string | Date | undefined
  /** The end. */
  readonly dateTo?: string | Date | undefined
  /** The start. */
  readonly startDate?: string | Date | undefined
  /** The end. */
  readonly endDate?: string | Date | undefined
}
/** @deprecated A value in JSON that is neither list nor object. */
export type JsonPrimitive = string | number | boolean | null
/** @deprecated A value in JSON. */
export type JsonValue = JsonPrimitive | ReadonlyArray<JsonValue> | JsonObject
/** @deprecated An object in JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}
/** @deprecated The type of the option `fetch`. */
export type FetchLike = NonNullable<ClientOptions["fetch"]>
