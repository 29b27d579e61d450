/** Checks the caller's input before anything is sent. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { LinxioValidationError, type ValidationIssue } from "../LinxioError.ts"

/** Each of these fields must be a text that is not blank. */
export const required = (
  fields: Readonly<Record<string, Redacted.Redacted | string>>
): Effect.Effect<void, LinxioValidationError> => {
  const issues = Object.entries(fields).flatMap(([field, given]): Array<ValidationIssue> => {
    const value: unknown = Redacted.isRedacted(given) ? Redacted.value(given) : given
    if (value === undefined || value === null) return [{ field, issue: "is required" }]
    if (typeof value !== "string") return [{ field, issue: "must be a string" }]
    return value.trim() === "" ? [{ field, issue: "must not be empty" }] : []
  })
  return issues.length === 0 ? Effect.void : Effect.fail(new LinxioValidationError(issues))
}
