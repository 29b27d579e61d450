/** Endpoint values of `effect/http-api` for a table of operations: for the embedded server, the OpenAPI document and typed clients. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { type AnswerOf, type Count, type NamesOf, namesOf, type Operation, type Page } from "./operation.ts"
import {
  ApplicationRefusal400,
  ApplicationRefusal401,
  ApplicationRefusal403,
  ApplicationRefusal404,
  ApplicationRefusal422,
  GatewayRefusal401,
  type Refusal
} from "./refusalStatus.ts"
import { schemaOf, type SchemaOf } from "./schemaOf.ts"
import { anyObject, list, number, type Shape } from "./shape.ts"

/** The list envelopes that a client must understand. The embedded server uses the first. */
type ListReply<A> =
  | {
      readonly data: ReadonlyArray<A>
      readonly page?: number | null
      readonly limit?: number | null
      readonly total?: number | null
      readonly aggregations?: unknown
    }
  | { readonly result: Readonly<Record<string, unknown>> }
  | ReadonlyArray<A>

/** The wire type of the result of an operation. */
type ReplyOf<O> =
  AnswerOf<O> extends Page<infer A>
    ? ListReply<A>
    : AnswerOf<O> extends Count
      ? number | { readonly count?: number | null; readonly total?: number | null }
      : AnswerOf<O> extends Blob
        ? Uint8Array
        : null extends AnswerOf<O>
          ? NonNullable<AnswerOf<O>> | Readonly<Record<string, never>>
          : void extends AnswerOf<O>
            ? Readonly<Record<string, unknown>> | void
            : AnswerOf<O>

type ParamsOf<Path extends string> = [NamesOf<Path>] extends [never]
  ? never
  : SchemaOf<{ readonly [Name in NamesOf<Path>]: string }>

/** The query on the wire: the key of an array ends in `[]`. */
type QueryOf<Query> = [Query] extends [never]
  ? never
  : SchemaOf<{
      readonly "fields[]"?: ReadonlyArray<string>
      readonly limit?: number
      readonly page?: number
      readonly sort?: string
      readonly [filter: string]: string | number | ReadonlyArray<string> | undefined
    }>

/** The endpoint of an operation. */
type EndpointOf<Name extends string, O> =
  O extends Operation<unknown, infer Path, infer Payload, infer Query>
    ? HttpApiEndpoint.HttpApiEndpoint<
        Name,
        O["method"],
        Path,
        ParamsOf<Path>,
        QueryOf<Query>,
        [Payload] extends [never] ? never : SchemaOf<Payload>,
        never,
        SchemaOf<ReplyOf<O>>,
        SchemaOf<Refusal>
      >
    : never

/** The endpoints of a group of operations, by name. */
export type EndpointsOf<Operations> = {
  readonly [Name in keyof Operations & string]: EndpointOf<Name, Operations[Name]>
}[keyof Operations & string]

/** The group of an API that these operations make. */
export const groupOf = <const Id extends string, const Operations extends Readonly<Record<string, Operation>>>(
  id: Id,
  operations: Operations
): HttpApiGroup.HttpApiGroup<Id, EndpointsOf<Operations>> => {
  const endpoints = Object.entries(operations).map(([name, operation]) => endpointOf(name, operation))
  const [first, ...others] = endpoints
  // A cast: the values made at run time have the types that `EndpointsOf` derives from the table. Tests check it with a client of each group.
  return (first
    ? HttpApiGroup.make(id).add(first, ...others)
    : HttpApiGroup.make(id)) as unknown as HttpApiGroup.HttpApiGroup<Id, EndpointsOf<Operations>>
}

const endpointOf = (name: string, operation: Operation): HttpApiEndpoint.Constraint => {
  const { answer, bearer, method, payload, path, query } = operation
  const ids = namesOf(path).map((id) => [id, Schema.String] as const)
  const given = payload !== undefined || query !== undefined || bearer === false
  return HttpApiEndpoint.make(method)(name, path as `/${string}`, {
    params: ids.length > 0 ? Schema.Struct(Object.fromEntries(ids)) : undefined,
    query: query && querySchema(query.names),
    payload: payload && schemaOf(payload),
    success: answer.as === "done" ? [replySchema(answer), HttpApiSchema.NoContent] : replySchema(answer),
    error: [
      GatewayRefusal401,
      ApplicationRefusal401,
      ...(given ? [ApplicationRefusal400, ApplicationRefusal422] : []),
      ...(bearer === false ? [] : [ApplicationRefusal403]),
      ...(ids.length > 0 ? [ApplicationRefusal404] : [])
    ]
  })
}

const replySchema = (answer: Operation["answer"]): Schema.Top => {
  switch (answer.as) {
    case "one":
      return schemaOf(answer.of)
    case "perhaps":
      return Schema.Union([schemaOf(answer.of), Schema.Struct({})])
    case "file":
      return Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: "application/pdf" }))
    case "page":
      return listReply(answer.of, answer.name)
    case "count":
      return Schema.Union([
        Schema.Finite,
        Schema.StructWithRest(Schema.Struct({ count: nullish(number), total: nullish(number) }), [
          Schema.Record(Schema.String, Schema.Unknown)
        ])
      ])
    case "done":
      return schemaOf(anyObject)
  }
}

const nullish = (shape: Shape) => Schema.optionalKey(Schema.NullOr(schemaOf(shape)))

/** `{data:[…]}`, the same under `result`, the array under the endpoint's own name, or the array alone. */
const listReply = (of: Shape, name: string): Schema.Top => {
  const records = schemaOf(list(of))
  const paging = {
    page: nullish(number),
    limit: nullish(number),
    total: nullish(number),
    aggregations: Schema.optionalKey(Schema.Any)
  }
  const page = Schema.Struct({ data: records, ...paging })
  const named = Schema.Struct({ [name]: records, ...paging })
  return Schema.Union([page, Schema.Struct({ result: Schema.Union([page, named, records]) }), named, records])
}

const kinds: Readonly<Record<string, Schema.Top>> = {
  fields: Schema.Array(Schema.String),
  limit: Schema.Finite,
  page: Schema.Finite
}

/** The parameters that have a name, and any filter. */
const querySchema = (names: ReadonlyArray<string>) =>
  Schema.StructWithRest(
    Schema.Struct(
      Object.fromEntries(
        names.map((name) => [name === "fields" ? "fields[]" : name, Schema.optionalKey(kinds[name] ?? Schema.String)])
      )
    ),
    [Schema.Record(Schema.String, Schema.Any)]
  )
