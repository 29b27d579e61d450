/**
 * One operation of the API as data: method, path, input and result. The typed call, the service, the facade, the embedded server and the OpenAPI
 * document are derived from it.
 */
import { id, needed, record, type Shape } from "./shape.ts"
import type { Count, Filters, Id, ListParams, Page } from "./pages.ts"

export type { Count, Filters, Id, InvalidRecord, ListParams, Page, PageMeta, QueryValue } from "./pages.ts"

/** The kind of a response: one record, perhaps a record, a page of records, a count, a file, or only success. */
export type Answer<A> =
  | { readonly as: "one" | "perhaps"; readonly of: Shape; readonly "~answer"?: A }
  | {
      readonly as: "page"
      readonly of: Shape
      readonly name: string
      readonly otherName?: string | undefined
      readonly "~answer"?: A
    }
  | { readonly as: "count" | "done" | "file"; readonly "~answer"?: A }

/** One record without an envelope. */
export const one = <A>(of: Shape<A>): Answer<A> => ({ as: "one", of })
/** One record, or null for `{}`, `[]`, `null` and 204: nothing was found. */
export const perhaps = <A>(of: Shape<A>): Answer<A | null> => ({ as: "perhaps", of })
/** A page of records in any known list envelope, or a list without pages; `name`, or `otherName`, is the name of the array if it is not `data`. */
export const page = <A>(of: Shape<A>, name: string, otherName?: string): Answer<Page<A>> => ({
  as: "page",
  of,
  name,
  otherName
})
/** A file, with the content type of the response. */
export const file: Answer<Blob> = { as: "file" }
/** A number, `{count}` or `{total}`; the API does not document which. */
export const count: Answer<Count> = { as: "count" }
/** 204, or JSON without further information. */
export const done: Answer<void> = { as: "done" }

/**
 * Where an operation is known from, in letters. `O`: Linxio's public API page, according to the public `linxio-js` documentation. `+`: a stored copy of
 * that page. `D`: derived from the dashboard. `U`: that SDK calls it, without naming a source. `L`: its response was described from a live tenant.
 * `P`: it was called on a live tenant, without a published result. `X`: it was refused in that tenant. No write was checked against the live service.
 */
export type Evidence = `${"O" | "O+" | "D" | "U"}${"" | "L" | "P" | "X"}`

/** The properties of an operation other than method and path. */
interface Traits<Payload, Query> {
  /** The shape of the request body. */
  readonly payload?: Shape<Payload>
  /** The only field of the body: the method takes its value in place of the body. */
  readonly field?: string
  /** The type of the query parameters: `params<ListParams>()`. */
  readonly query?: Params<Query>
  /** Default parameters, which the caller can override. */
  readonly defaults?: Filters
  /** Another path for callers who give this parameter: it becomes an id in that path, and the `query` wins over the caller's. */
  readonly instead?: { readonly parameter: string; readonly path: string; readonly query: Filters }
  /** False sends the request without a bearer token. @default true */
  readonly bearer?: false
  /** Whether sending it twice has the same effect as sending it once. @default by method, see `RetryPolicy.idempotentMethods` */
  readonly idempotent?: boolean
}

interface Params<out Query> {
  readonly names: ReadonlyArray<string>
  readonly "~query"?: Query
}

/** The parameters of a query: their type, and the known names. Any other name is a filter. */
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
  readonly evidence: Evidence
  readonly answer: Answer<A>
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"

/** An operation. A `POST`, `PATCH` or `PUT` without a payload sends `{}`. It has no prototype: a property of `Object.prototype` must not act as a trait (F-28). */
export const operation = <const Path extends string, A, Payload = never, Query = never>(
  method: Method,
  path: Path,
  evidence: Evidence,
  answer: Answer<A>,
  traits?: Traits<Payload, Query>
): Operation<A, Path, Payload, Query> =>
  Object.assign(Object.create(null) as object, { method, path, evidence, answer, ...traits })

/** The names of the ids in paths, as the names of arguments. */
interface IdNames {
  answerId: [answerId: Id]
  areaId: [areaId: Id]
  clientId: [clientId: Id]
  deviceId: [deviceId: Id]
  driverId: [driverId: Id]
  formId: [formId: Id]
  groupId: [groupId: Id]
  recordId: [recordId: Id]
  reportId: [reportId: Id]
  resellerId: [resellerId: Id]
  sensorId: [sensorId: Id]
  userId: [userId: Id]
  vehicleId: [vehicleId: Id]
}

type Argument<Name> = Name extends keyof IdNames ? IdNames[Name] : [id: Id]

/** The ids in a path, one for each `:name`. */
export type IdsOf<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? [...Argument<Name>, ...IdsOf<`/${Rest}`>]
  : Path extends `${string}/:${infer Name}`
    ? Argument<Name>
    : []

/** A body with one id, which its method takes in place of the body. */
type IdBody<Name extends string> = { readonly [K in Name]: Id } & { readonly "~field"?: Name }

/** The traits of an operation whose body is one id. */
export const idBody = <const Name extends keyof IdNames>(
  name: Name
): { readonly payload: Shape<IdBody<Name>>; readonly field: Name } => ({
  payload: record(`${name}Body`, { [name]: needed(id) }) as unknown as Shape<IdBody<Name>>,
  field: name
})

type PayloadOf<Payload> = [Payload] extends [never]
  ? []
  : string extends keyof Payload
    ? [payload: Payload]
    : Payload extends { readonly "~field"?: infer Name }
      ? "~field" extends keyof Payload
        ? Argument<Name & string>
        : [payload: Payload]
      : [payload: Payload]

/** The names of the ids in a path. */
export type NamesOf<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | NamesOf<`/${Rest}`>
  : Path extends `${string}/:${infer Name}`
    ? Name
    : never

/** The names of the ids in a path, in their order. */
export const namesOf = (path: string): ReadonlyArray<string> =>
  Array.from(path.matchAll(/:(\w+)/g), ([, name = ""]) => name)

/** The arguments of a method: the ids of the path in their order, then the payload, then the parameters. */
export type ArgumentsOf<O> =
  O extends Operation<unknown, infer Path, infer Payload, infer Query>
    ? [...IdsOf<Path>, ...PayloadOf<Payload>, ...([Query] extends [never] ? [] : [params?: Query])]
    : never

/** The result type of an operation. */
export type AnswerOf<O> = O extends { readonly answer: { readonly "~answer"?: infer A } }
  ? Exclude<A, undefined>
  : never
