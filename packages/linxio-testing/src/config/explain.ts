/** Words the error of a schema as one sentence. */
import type * as Schema from "effect/Schema"

/** An unknown member is an error. Otherwise an account with the typing mistake `blokced` could sign in. */
export const strict = { onExcessProperty: "error" } as const

/** Where the error is, and what was expected. The messages of Schema never contain the value, which may be a password. */
export const explain = (error: Schema.SchemaError): string =>
  error.message
    .replaceAll(/\["([A-Za-z$]+)"\]/g, ".$1")
    .replaceAll(/\s+/g, " ")
    .replace(" at .", " at ")
    .replace("Expected no excess property", "There is no such member")
