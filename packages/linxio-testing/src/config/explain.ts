/** What a schema has against an input, in one sentence. */
import type * as Schema from "effect/Schema"

/** An unknown member is a mistake: `blokced` would otherwise make an account that signs in. */
export const strict = { onExcessProperty: "error" } as const

/** Where and why; Schema's messages never repeat what stands there, which may be a password. */
export const explain = (error: Schema.SchemaError): string =>
  error.message
    .replaceAll(/\["([A-Za-z$]+)"\]/g, ".$1")
    .replaceAll(/\s+/g, " ")
    .replace(" at .", " at ")
    .replace("Expected no excess property", "There is no such member")
