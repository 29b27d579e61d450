/** Two shapes that every part of the contract shares. */
import * as Schema from "effect/Schema"

/** An optional field for which the server may also send `null`. */
export const nullish = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** Linxio's ids are numbers, sometimes strings (public `linxio-js` documentation). */
export const Id = Schema.Union([Schema.Finite, Schema.String])
