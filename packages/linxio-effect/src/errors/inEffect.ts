/** What the compiler of an Effect program knows of an error: `yield* error` fails with it. */
import type { YieldableError } from "effect/Cause"

declare module "./base.ts" {
  interface LinxioError extends YieldableError {
    /** A plain object for logs: everything the error knows, and no secret. */
    toJSON(): Record<string, unknown>
  }
}
