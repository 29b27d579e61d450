/**
 * An object of which some fields are known and all others are kept.
 *
 * `StructWithRest` says just that, and stays what everything is derived from: types, codec, OpenAPI document, messages. It visits each field
 * of each record twice, though, known or not. So a valid record is recognised by plain code that is put before Effect's decoder, and everything
 * else is left to that decoder: a record that does not fit, and a schema that is not this very one (docs/decisions/0015-decoding.md).
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaCompiler from "effect/schema/SchemaCompiler"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaParser from "effect/SchemaParser"

type Fits = (value: unknown) => boolean

/** `Schema.Unknown` would have the JSON codec walk every value to see whether it is JSON, which is what it was read from. */
const Anything: Schema.Codec<unknown> = Schema.Any

export const openObject = <const Fields extends Schema.Struct.Fields>(identifier: string, fields: Fields) => {
  const known = Schema.Struct(fields)
  const interpreted = Schema.StructWithRest(known, [Schema.Record(Schema.String, Anything)]).annotate({ identifier })
  // A twin of its own, since what is registered for a schema is asked whenever that schema decodes.
  const schema = interpreted.annotate({})
  const fits = fitsAll(known.ast)
  if (fits !== undefined) {
    const explain = SchemaParser.decodeUnknownEffect(interpreted)
    SchemaCompiler.set(schema.ast, {
      decode: (input) => (isPlain(input) && fits(input) ? { ...input } : SchemaCompiler.invalid),
      decodeEffect: (input, options) =>
        input === SchemaCompiler.missing ? Effect.succeed(input) : explain(input, options)
    })
  }
  return schema
}

/** Others may have fields that are inherited or computed. */
const isPlain = (input: unknown): input is Readonly<Record<PropertyKey, unknown>> =>
  typeof input === "object" && input !== null && Object.getPrototypeOf(input) === Object.prototype

const fitsAll = (
  known: SchemaAST.Objects
): ((input: Readonly<Record<PropertyKey, unknown>>) => boolean) | undefined => {
  const fields: Array<{ readonly name: PropertyKey; readonly fits: Fits; readonly optional: boolean }> = []
  for (const { name, type } of known.propertySignatures) {
    const fits = fitsOf(type)
    if (fits === undefined) return undefined
    fields.push({ name, fits, optional: type.context?.isOptional ?? false })
  }
  return (input) =>
    fields.every(({ name, fits, optional }) => {
      const value = input[name]
      return fits(value) || (value === undefined && optional && !(name in input))
    })
}

/** The check of what takes no more than a look; `undefined` for anything else, above all for what decoding would change. */
const fitsOf = (ast: SchemaAST.AST): Fits | undefined => {
  if (ast.encoding !== undefined) return undefined
  if (ast === Schema.Finite.ast) return Number.isFinite
  if (ast.checks !== undefined) return undefined
  switch (ast._tag) {
    case "Null":
      return (value) => value === null
    case "String":
      return (value) => typeof value === "string"
    case "Union": {
      const each = ast.types.map(fitsOf)
      return each.every((fits) => fits !== undefined) ? (value) => each.some((fits) => fits(value)) : undefined
    }
    default:
      return undefined
  }
}
