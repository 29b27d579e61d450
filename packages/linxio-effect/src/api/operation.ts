/**
 * One operation of the API as data: where it is, what goes in, what comes out. The typed call, the service, the facade, the embedded server and the
 * OpenAPI document are all derived from it.
 */
import type { Shape } from "./shape.ts"

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
 * Any filter may be a parameter: which ones an operation takes, is not public. An array repeats its key.
 *
 * @example
 * ```ts
 * import type { Filters } from "linxio-js"
 *
 * const changed: Filters = { status: ["online", "offline"], "updatedAt[gte]": new Date(0) }
 * ```
 */
export interface Filters {
  /** A filter, with a comparison in brackets where there is one. */
  readonly [filter: string]: QueryValue | ReadonlyArray<QueryValue>
}

/**
 * What every list takes, beside any filter. A near miss of these four names is refused, with a hint.
 *
 * @example
 * ```ts
 * import type { ListParams, VehicleField } from "linxio-js"
 *
 * const params: ListParams<VehicleField> = { fields: ["id", "regNo"], limit: 50, sort: "regNo", status: "active" }
 * ```
 */
export interface ListParams<Field extends string = never> extends Filters {
  /** The fields to ask for; all of them unless given. A field without a value may be missing. */
  readonly fields?: ReadonlyArray<Field | (string & {})> | undefined
  /** How many on a page, from 1; the server may give fewer. */
  readonly limit?: number | undefined
  /** Which page, from 1. @default 1 */
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
  /** Its place in the answer, from 0. */
  readonly index: number
  /** What is wrong with it, without its values. */
  readonly issue: string
}

/**
 * About a page.
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
  /** Which page it is, from 1. */
  readonly page: number
  /** How many the server puts on a page; absent when neither it nor the caller said so. */
  readonly limit?: number
  /** How many there are over all pages; absent when the server did not say. */
  readonly total?: number
  /** The records that were left out because they could not be read; absent when all could. */
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
  /** The same numbers once more, and what could not be read. */
  readonly meta: PageMeta
  /** Sums and the like, as the server sent them. */
  readonly aggregations?: unknown
  /** Whatever stands beside the page under this name. */
  readonly additionalFields?: unknown
}

/**
 * What a count says.
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
  /** How many, whichever name the server has for it. */
  readonly count: number
  /** The same, where the server calls it so. */
  readonly total?: number
}

/** What an answer is: one record, a page of records, a number of them, or nothing but that it is done. */
export type Answer<A> =
  | { readonly as: "one"; readonly of: Shape; readonly "~answer"?: A }
  | { readonly as: "page"; readonly of: Shape; readonly name: string; readonly "~answer"?: A }
  | { readonly as: "count" | "done"; readonly "~answer"?: A }

/** One record, bare: it is never taken for an envelope. */
export const one = <A>(of: Shape<A>): Answer<A> => ({ as: "one", of })
/** A page of records, in any envelope of a list; `name` is that of the array where it is not `data`. */
export const page = <A>(of: Shape<A>, name: string): Answer<Page<A>> => ({ as: "page", of, name })
/** A number, `{count}` or `{total}`: which of them, is not public. */
export const count: Answer<Count> = { as: "count" }
/** 204, or JSON that says nothing more. */
export const done: Answer<void> = { as: "done" }

/** What the corridor must know of an operation, beside where it is. */
interface Traits<Payload, Query> {
  /** What goes into the body. */
  readonly payload?: Shape<Payload>
  /** Says of what type the parameters of the query are: `params<ListParams>()`. */
  readonly query?: Params<Query>
  /** Parameters that are sent unless the caller gives others. */
  readonly defaults?: Filters
  /** False goes without a bearer. @default true */
  readonly bearer?: false
  /** Whether doing it twice is the same as doing it once. @default by method, see `RetryPolicy.idempotentMethods` */
  readonly idempotent?: boolean
}

interface Params<out Query> {
  readonly names: ReadonlyArray<string>
  readonly "~query"?: Query
}

/** The parameters of a query: their type, and the names of those that are known. Any filter may come with them. */
export const params = <Query>(...names: ReadonlyArray<keyof Query & string>): Params<Query> => ({ names })

/** The parameters of a list. */
export const listParams = <Field extends string = never>(): Params<ListParams<Field>> =>
  params<ListParams<Field>>("fields", "limit", "page", "sort")

/** One operation. */
export interface Operation<
  out A = unknown,
  out Path extends string = string,
  out Payload = unknown,
  out Query = unknown
> extends Traits<Payload, Query> {
  readonly method: Method
  /** Below the base URL; `:name` stands for an id. */
  readonly path: Path
  readonly answer: Answer<A>
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"

/** An operation. A `POST`, `PATCH` or `PUT` without a payload sends `{}`. */
export const operation = <const Path extends string, A, Payload = never, Query = never>(
  method: Method,
  path: Path,
  answer: Answer<A>,
  traits?: Traits<Payload, Query>
): Operation<A, Path, Payload, Query> => ({ method, path, answer, ...traits })

/** The ids in a path, one for each `:name`. */
export type IdsOf<Path extends string> = Path extends `${string}/:${infer Rest}` ? [id: Id, ...IdsOf<Rest>] : []

/** What a method takes: the ids of the path in their order, then the payload, then the parameters. */
export type ArgumentsOf<O> =
  O extends Operation<unknown, infer Path, infer Payload, infer Query>
    ? [
        ...IdsOf<Path>,
        ...([Payload] extends [never] ? [] : [payload: Payload]),
        ...([Query] extends [never] ? [] : [params?: Query])
      ]
    : never

/** What an operation gives. */
export type AnswerOf<O> = O extends { readonly answer: { readonly "~answer"?: infer A } }
  ? Exclude<A, undefined>
  : never
