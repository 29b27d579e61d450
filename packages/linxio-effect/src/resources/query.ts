/** Checks query parameters and converts them to Linxio's form. */
import { timeOf } from "../api/time.ts"
import { unknownOption } from "../config/optionNames.ts"
import { LinxioValidationError } from "../LinxioError.ts"

const refusal = (field: string, issue: string) => new LinxioValidationError([{ field, issue }])

type Parameter = readonly [name: string, value: string]

/**
 * `{ fields: ["id", "regNo"] }` becomes `fields[]=id&fields[]=regNo`. Dates become ISO-8601; null and undefined are left out.
 * Throws a `LinxioValidationError` that names `field` for a value that cannot be written in a query.
 */
export const parametersOf = (query: unknown, field = "query"): ReadonlyArray<Parameter> => {
  if (query === undefined || query === null) return []
  if (typeof query !== "object" || Symbol.iterator in query)
    throw refusal(field, "must be an object such as { page: 1 }")
  const parameters: Array<Parameter> = []
  for (const [key, value] of Object.entries(query)) {
    const name = Array.isArray(value) && !key.endsWith("[]") ? `${key}[]` : key
    const items: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    for (const item of items) {
      if (item === null || item === undefined) continue
      const text = textOf(item)
      if (text === undefined) throw refusal(field, `holds a value for ${key} that cannot be written`)
      parameters.push([name, text])
    }
  }
  return parameters
}

const textOf = (value: unknown): string | undefined => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value) ? String(value) : undefined
}

/** The names of the start and the end of a range. */
const ranges = [
  ["dateFrom", "dateTo"],
  ["startDate", "endDate"]
] as const

/** A range that ends before it starts would be answered with nothing, or with an error that does not say why. */
const checkRanges = (parameters: ReadonlyArray<Parameter>): void => {
  const sent = new Map(parameters)
  for (const [from, to] of ranges) {
    const [start, end] = [from, to].map((name) => timeOf(sent.get(name)))
    if (start !== undefined && end !== undefined && start > end) {
      throw refusal(`params.${from}`, `must not be after ${to}`)
    }
  }
}

const listNames = { fields: true, limit: true, page: true, sort: true }

/** Names that would be sent as filters, and then match nothing. */
const hints: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["signal", "timeoutMs", "deadlineMs", "strict", "prefetch", "onInvalid", "onProgress"].map((name) => [
      name,
      "did you mean it as an option? Options are the next argument"
    ])
  ),
  ...Object.fromEntries(["pageSize", "perPage", "per_page", "page_size"].map((name) => [name, "did you mean limit?"])),
  offset: "did you mean page?",
  orderBy: "did you mean sort?",
  sortBy: "did you mean sort?"
}

const checkName = (name: string): void => {
  const plain = name.replace(/\[.*$/, "")
  const slip = unknownOption({ [plain]: true }, listNames, "", hints)
  if (slip?.issue.includes("did you mean")) {
    throw refusal(`params.${plain}`, slip.issue.replace("an option", "a parameter"))
  }
}

/** The parameters of a list: four have known names, any other is a filter, unless it looks like a misspelling. */
export const listQueryOf = (given: unknown, defaults?: object): ReadonlyArray<Parameter> => {
  const own = given !== null && typeof given === "object" && !(Symbol.iterator in given)
  // Undefined means not given.
  const query = own
    ? { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
    : (given ?? defaults)
  if (own) for (const name of Object.keys(Object(query))) checkName(name)
  const parameters = parametersOf(query, "params")
  for (const [name, value] of parameters) {
    if (name === "fields") throw refusal("params.fields", "must be a list of names")
    if ((name === "limit" || name === "page") && !/^[1-9]\d*$/.test(value)) {
      throw refusal(`params.${name}`, "must be a whole number from 1")
    }
  }
  checkRanges(parameters)
  return parameters
}
