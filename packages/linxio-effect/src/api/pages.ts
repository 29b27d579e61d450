/** Ids, the parameters of a list, and the pages that it gives. */

/**
 * An id of Linxio: a number, or a text such as `"36421"`; compare ids as text.
 *
 * @example
 * ```ts
 * import type { Id } from "linxio-js"
 *
 * const same = (a: Id, b: Id) => String(a) === String(b)
 * console.log(same(36421, "36421")) // => true
 * ```
 */
export type Id = number | string

/**
 * A value in a query; a `Date` becomes ISO-8601, null and undefined are left out.
 *
 * @example
 * ```ts
 * import type { QueryValue } from "linxio-js"
 *
 * const values: Array<QueryValue> = ["text", 1, true, new Date(0), undefined]
 * ```
 */
export type QueryValue = string | number | boolean | Date | null | undefined

/**
 * Filters of a list or a count. The API does not document which filters an operation accepts, so any name is allowed. An array repeats its key.
 *
 * @example
 * ```ts
 * import type { Filters } from "linxio-js"
 *
 * const changed: Filters = { status: ["online", "offline"], "updatedAt[gte]": new Date(0) }
 * ```
 */
export interface Filters {
  /** A filter, optionally with a comparison in brackets, such as `updatedAt[gte]`. */
  readonly [filter: string]: QueryValue | ReadonlyArray<QueryValue>
}

/**
 * The parameters of every list, in addition to filters. A misspelling of these four names is a `LinxioValidationError` with a hint.
 *
 * @example
 * ```ts
 * import type { ListParams, VehicleField } from "linxio-js"
 *
 * const params: ListParams<VehicleField> = { fields: ["id", "regNo"], limit: 50, sort: "regNo", status: "active" }
 * ```
 */
export interface ListParams<Field extends string = never> extends Filters {
  /** The fields to request. A field without a value may be missing. @default all fields */
  readonly fields?: ReadonlyArray<Field | (string & {})> | undefined
  /** The page size, from 1; the server may return fewer. @default the server's */
  readonly limit?: number | undefined
  /** The page number, from 1. @default 1 */
  readonly page?: number | undefined
  /** The field to sort by. */
  readonly sort?: string | undefined
}

/**
 * A record of a page that could not be read.
 *
 * @example
 * ```ts
 * import type { InvalidRecord } from "linxio-js"
 *
 * const tell = ({ index, issue }: InvalidRecord) => `record ${index}: ${issue}`
 * ```
 */
export interface InvalidRecord {
  /** The index of the record in the response, from 0. */
  readonly index: number
  /** Why it could not be read, without its values. */
  readonly issue: string
}

/**
 * The metadata of a page.
 *
 * @example
 * ```ts
 * import type { PageMeta } from "linxio-js"
 *
 * const pages = ({ limit, total }: PageMeta) => (limit && total !== undefined ? Math.ceil(total / limit) : undefined)
 * console.log(pages({ page: 1, limit: 50, total: 120 })) // => 3
 * ```
 */
export interface PageMeta {
  /** The page number, from 1. */
  readonly page: number
  /** The page size; absent if neither the server nor the caller gave one. */
  readonly limit?: number
  /** The number of records on all pages; absent if the server did not send it. */
  readonly total?: number
  /** The records that could not be read and were left out; absent if there are none. */
  readonly invalid?: ReadonlyArray<InvalidRecord>
}

/**
 * One page of a list.
 *
 * @example
 * ```ts
 * import type { Page, Vehicle } from "linxio-js"
 *
 * const isLast = ({ limit, page, total }: Page<Vehicle>) => limit && total !== undefined && page * limit >= total
 * ```
 */
export interface Page<A> extends Omit<PageMeta, "invalid"> {
  /** The records that could be read. */
  readonly data: ReadonlyArray<A>
  /** The same numbers, and the records that could not be read. */
  readonly meta: PageMeta
  /** Totals and similar values, as the server sent them. */
  readonly aggregations?: unknown
  /** Other fields that the server sent beside the page. */
  readonly additionalFields?: unknown
}

/**
 * The result of a count.
 *
 * @example
 * ```ts
 * import type { Count } from "linxio-js"
 *
 * const three: Count = { count: 3 }
 * console.log(three.count) // => 3
 * ```
 */
export interface Count {
  /** The number of records. */
  readonly count: number
  /** The same number, if the server sends it under this name. */
  readonly total?: number
}
