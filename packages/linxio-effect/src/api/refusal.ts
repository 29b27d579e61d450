/**
 * The envelopes in which Linxio refuses a request.
 *
 * Source: Linxio's public API page and the public `linxio-js` documentation. Correctness must never hang on the text of a message: the status
 * and the shape decide.
 */
import * as Schema from "effect/Schema"
import { nullish } from "./schemas.ts"

/**
 * The gateway's envelope: `{"code":401,"message":"Expired JWT Token"}`.
 *
 * Messages seen: `Expired JWT Token`, `Invalid JWT Token`, `JWT Token not found`, and `Invalid credentials.` from `/login`.
 */
export const GatewayRefusal = Schema.Struct({ code: Schema.Finite, message: Schema.String }).annotate({
  identifier: "GatewayRefusal"
})

/**
 * The application's envelope: `{"errors":[{"code":400,"title":"ValidationException","detail":{"email":"is required"}}]}`.
 *
 * `title` is `Exception` or `ValidationException`; `detail` is a text, or an object from field to message.
 */
export const ApplicationRefusal = Schema.Struct({
  errors: Schema.NonEmptyArray(
    Schema.Struct({
      code: nullish(Schema.Union([Schema.Finite, Schema.String])),
      title: nullish(Schema.String),
      detail: nullish(
        Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.Unknown), Schema.Array(Schema.Unknown)])
      )
    })
  )
}).annotate({ identifier: "ApplicationRefusal" })
