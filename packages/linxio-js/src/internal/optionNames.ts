/** The options of each kind that there are. One that is misspelt would otherwise be ignored, and nobody would be told. */
import { LinxioValidationError } from "linxio-effect/LinxioError"
import { type OptionNames, unknownOption } from "linxio-effect/OptionNames"
import type { CallOptions, RequestOptions } from "../options.ts"

export const callNames: OptionNames<CallOptions> = { signal: true, timeoutMs: true, deadlineMs: true }

export const requestNames: OptionNames<RequestOptions> = {
  ...callNames,
  query: true,
  body: true,
  headers: true,
  retry: true,
  idempotent: true,
  authenticate: true,
  responseType: true
}

/** What is wrong with the names of the options of one call. */
export const unknownIn = <Options>(given: object, names: OptionNames<Options>): LinxioValidationError | undefined => {
  if (typeof given !== "object") return new LinxioValidationError([{ field: "options", issue: "must be an object" }])
  const unknown = unknownOption(given, names)
  return unknown && new LinxioValidationError([{ field: unknown.option, issue: unknown.issue }])
}
