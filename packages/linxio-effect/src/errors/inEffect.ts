/** Types for Effect programs: `yield* error` fails with the error. */
import type { YieldableError } from "effect/Cause"

declare module "./base.ts" {
  interface LinxioError extends YieldableError {
    /** A plain object for logs: all fields of the error, without secrets. */
    toJSON(): Record<string, unknown>
  }
}
