/** Checks the input of an operation and builds its request. Each own property of the input is read once; the input is never changed. */
import * as Headers from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import type { Operation } from "../api/operation.ts"
import { Misfit, read } from "../api/shape.ts"
import { jsonText } from "../exchange/contract.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import { listQueryOf } from "./query.ts"

const refusal = (field: string, issue: string) => new LinxioValidationError([{ field, issue }])

/** A request, and the path template that it was made from. */
export interface Input {
  readonly path: string
  readonly request: HttpClientRequest.HttpClientRequest
}

/** The request of an operation for the arguments of its method: the ids of its path, then its payload, then its parameters. */
export const inputOf = (operation: Operation, given: ReadonlyArray<unknown>): Input | LinxioValidationError => {
  try {
    const [path, sent] = chosen(operation, given)
    return { path, request: requestOrThrow(operation, path, sent) }
  } catch (error) {
    if (error instanceof LinxioValidationError) return error
    // A getter or a proxy of the caller threw, or JSON cannot represent a value.
    return error instanceof Misfit ? refusal("payload", error.issue) : refusal("input", "cannot be read")
  }
}

/** The path and the arguments of an operation that has another path for callers who give one parameter. */
const chosen = ({ instead, path }: Operation, given: ReadonlyArray<unknown>): [string, ReadonlyArray<unknown>] => {
  const asked = given[0]
  if (!instead || asked === null || typeof asked !== "object" || Symbol.iterator in asked) return [path, given]
  const { [instead.parameter]: id, ...others } = asked as Readonly<Record<string, unknown>>
  if (id === undefined) return [path, given]
  // Zero and null are no id: leaving them out would list the records of everybody.
  if (id === 0 || id === "0") throw refusal(instead.parameter, "must be an id, not zero")
  return [instead.path, [id, { ...others, ...instead.query }]]
}

const requestOrThrow = (
  { answer, defaults, field, method, payload, query }: Operation,
  path: string,
  given: ReadonlyArray<unknown>
): HttpClientRequest.HttpClientRequest => {
  let next = 0
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) => segmentOf(name, given[next++]))
  const body = payload
    ? bodyOf(field === undefined ? given[next++] : { [field]: given[next++] }, (json) => read(payload, json))
    : method === "GET" || method === "DELETE"
      ? HttpBody.empty
      : emptyObject
  const parameters = query ? listQueryOf(given[next], defaults) : []
  return HttpClientRequest.makeWith(
    method,
    url,
    UrlParams.make(parameters),
    Option.none(),
    answer.as === "file" ? acceptFile : acceptJson,
    body
  )
}

const acceptJson = Headers.fromInput({ accept: "application/json" })

/** An error comes as JSON, also in place of a file. */
const acceptFile = Headers.fromInput({ accept: "application/pdf, application/json;q=0.9" })

const emptyObject = HttpBody.text("{}", "application/json")

/** An id as one encoded path segment. A value that cannot be an id is refused, because it would change the path. */
const segmentOf = (name: string, id: unknown): string => {
  const text = Number.isFinite(id) || typeof id === "bigint" ? String(id) : id
  if (typeof text !== "string" || text.trim() === "" || text === "." || text === "..") {
    throw refusal(name, "must be an id: a number, or a text that is not empty")
  }
  try {
    return encodeURIComponent(text)
  } catch {
    throw refusal(name, "holds half a character")
  }
}

/** Converts dates to ISO-8601. The converted value is checked and sent. */
const bodyOf = (payload: unknown, check: (json: unknown) => unknown): HttpBody.HttpBody => {
  // JSON would make an empty object of a Map or a promise.
  if (payload === null || typeof payload !== "object" || Symbol.iterator in payload || "then" in payload) {
    throw refusal("payload", "must be a plain object, and no list, map or promise")
  }
  const text = textOf(payload)
  check(JSON.parse(text))
  return HttpBody.text(text, "application/json")
}

/** A getter or a proxy of the caller may throw, and JSON has no cycles and no BigInt. */
const textOf = (payload: object): string => {
  try {
    return jsonText(payload)
  } catch (error) {
    throw error instanceof Misfit ? error : refusal("payload", "cannot be written as JSON")
  }
}
