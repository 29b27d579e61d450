/**
 * Effect's schemas of the shapes: for the embedded server, the OpenAPI document and typed clients. Calls do not use them, see `shape.ts`.
 *
 * A record is first read by `tryRead`, which is faster than Effect's decoder and as tolerant as a call. A value that does not fit goes to Effect's
 * decoder, which reports why (docs/decisions/0015-decoding.md).
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaCompiler from "effect/schema/SchemaCompiler"
import * as SchemaParser from "effect/SchemaParser"
import { Misfit, tryRead, type Shape, type TypeOf } from "./shape.ts"
import { timeOf } from "./time.ts"

/** A schema of which only the type is known, because it was made at run time. */
export type SchemaOf<A> = Schema.Codec<A, unknown>

/** Not `Schema.Unknown`: its JSON codec would check every value, although the value was just parsed from JSON. */
const Anything: Schema.Codec<unknown> = Schema.Any

/** The time as Linxio wrote it, or null if it cannot be read: an invalid time must not fail the decoding. */
const Time = Schema.NullOr(Schema.String.check(Schema.makeFilter((text) => timeOf(text) !== undefined))).pipe(
  Schema.catchDecoding(() => Effect.succeedSome(null))
)

const made = new Map<Shape, Schema.Top>()

/** The schema of a shape; the same shape gives the same schema. */
export const schemaOf = <S extends Shape>(shape: S): SchemaOf<TypeOf<S>> => {
  const schema = made.get(shape) ?? make(shape)
  made.set(shape, schema)
  return schema as SchemaOf<TypeOf<S>>
}

const make = (shape: Shape): Schema.Top => {
  switch (shape.kind) {
    case "text":
      return Schema.String
    case "texts":
      return Schema.Record(Schema.String, Schema.String)
    case "time":
      return Time
    case "number":
      return Schema.Finite
    case "id":
      return Schema.Union([Schema.Finite, Schema.String])
    case "flag":
      return Schema.Boolean
    case "anything":
      return Anything
    case "secret":
      // Without a label: a labelled schema refuses a `Redacted` that was made without the same label.
      return Schema.RedactedFromValue(Schema.NonEmptyString)
    case "only":
      return Schema.Literal(shape.value as boolean)
    case "needed":
      return schemaOf(shape.of)
    case "list":
      return Schema.Array(schemaOf(shape.of))
    case "some":
      return Schema.NonEmptyArray(schemaOf(shape.of))
    case "either":
      return Schema.Union(shape.of.map(schemaOf))
    case "record":
      return recordOf(shape)
  }
}

/** The shapes whose schema has null already. */
const includesNull = new Set<Shape["kind"]>(["anything", "time"])

const recordOf = (shape: Extract<Shape, { readonly kind: "record" }>): Schema.Top => {
  const fields = Object.fromEntries(
    [...shape.fields].map(([name, field]) => [
      name,
      field.kind === "needed"
        ? schemaOf(field)
        : Schema.optionalKey(includesNull.has(field.kind) ? schemaOf(field) : Schema.NullOr(schemaOf(field)))
    ])
  )
  const known = Schema.Struct(fields)
  if (shape.closed) return known.annotate({ identifier: shape.name })
  const interpreted = Schema.StructWithRest(known, [Schema.Record(Schema.String, Anything)]).annotate({
    identifier: shape.name
  })
  // A clone: decoders are registered per schema.
  const schema = interpreted.annotate({})
  const explain = SchemaParser.decodeUnknownEffect(interpreted)
  SchemaCompiler.set(schema.ast, {
    decode: (input) => {
      const found = isPlain(input) ? tryRead(shape, input) : undefined
      if (found === undefined || found instanceof Misfit) return SchemaCompiler.invalid
      return found === input ? { ...found } : found
    },
    decodeEffect: (input, options) =>
      input === SchemaCompiler.missing ? Effect.succeed(input) : explain(input, options)
  })
  return schema
}

/** Others may have fields that are inherited or computed. */
const isPlain = (input: unknown): boolean =>
  typeof input === "object" && input !== null && Object.getPrototypeOf(input) === Object.prototype
