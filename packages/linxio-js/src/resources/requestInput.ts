/** What a caller gives for a request, checked, and in the form in which Effect sends it. */
import * as HttpBody from "effect/http/HttpBody"
import { LinxioValidationError } from "linxio-effect/LinxioError"
import type { QueryValue, RequestOptions } from "../options.ts"

export const refusal = (field: string, issue: string) => new LinxioValidationError([{ field, issue }])

/** They belong to the connection, which is not the caller's: runtimes drop them, replace them, or call them a network that failed. */
const connectionHeaders = [
  "connection",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
]

/** As the runtime reads them, without the line break at the end of a token that was read from a file. */
export const headersOf = (given: RequestOptions["headers"]): Record<string, string> | LinxioValidationError => {
  const values: ReadonlyArray<unknown> = given === undefined ? [] : Object.values(given ?? {})
  if (!values.every((value) => typeof value === "string")) return refusal("headers", "hold a value that is no text")
  try {
    const headers = Object.fromEntries(new Headers(given))
    const name = connectionHeaders.find((known) => known in headers)
    return name ? refusal("headers", `cannot set ${name}, which belongs to the connection`) : headers
  } catch {
    return refusal("headers", "hold a name or a value that HTTP does not allow")
  }
}

type Parameter = readonly [string, string]

/** `{ fields: ["id", "regNo"] }` becomes `fields[]=id&fields[]=regNo` (source: public linxio-js documentation). */
export const queryOf = (query: unknown): ReadonlyArray<Parameter> | LinxioValidationError => {
  if (query === undefined || query === null) return []
  if (typeof query !== "object" || Symbol.iterator in query)
    return refusal("query", "must be an object such as { page: 1 }")
  const parameters: Array<Parameter> = []
  for (const [key, value] of Object.entries(query)) {
    const name = Array.isArray(value) && !key.endsWith("[]") ? `${key}[]` : key
    const items: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    for (const item of items) {
      if (item === null || item === undefined) continue
      if (!isQueryValue(item)) return refusal("query", `holds a value for ${key} that cannot be written`)
      parameters.push([name, item instanceof Date ? item.toISOString() : String(item)])
    }
  }
  return parameters
}

const isQueryValue = (value: unknown): value is Exclude<QueryValue, null | undefined> => {
  if (value instanceof Date) return !Number.isNaN(value.getTime())
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)
}

export const encodedBody = (body: unknown): HttpBody.HttpBody | LinxioValidationError | undefined => {
  if (body === undefined) return undefined
  if (typeof body === "string") return HttpBody.text(body)
  if (body instanceof Uint8Array) return HttpBody.uint8Array(body)
  if (ArrayBuffer.isView(body))
    return HttpBody.uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
  if (body instanceof FormData) return HttpBody.formData(body)
  if (isSentAsItIs(body)) return HttpBody.raw(body)
  if (!isForJson(body)) {
    return refusal("body", "is nothing that JSON can hold; for a Node stream give Readable.toWeb(stream)")
  }
  try {
    return HttpBody.jsonUnsafe(body)
  } catch {
    return refusal("body", "cannot be written as JSON")
  }
}

const isSentAsItIs = (body: unknown): boolean =>
  body instanceof Blob ||
  body instanceof ArrayBuffer ||
  body instanceof URLSearchParams ||
  body instanceof ReadableStream

/** `JSON.stringify` makes `{}` of a map, nothing of a function, and of a stream whatever is inside it. */
const isForJson = (body: unknown): boolean => {
  if (typeof body === "function" || typeof body === "symbol") return false
  if (body === null || typeof body !== "object" || Array.isArray(body) || "toJSON" in body) return true
  return !(Symbol.iterator in body || Symbol.asyncIterator in body || "pipe" in body)
}
