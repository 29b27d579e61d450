/** What a caller gives for a request, checked, and in the form in which Effect sends it. */
import * as HttpBody from "effect/http/HttpBody"
import type { RequestOptions } from "../options.ts"
import { refusal } from "../options/read.ts"

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
export const headersOf = ({ headers: given, idempotencyKey }: RequestOptions): Record<string, string> => {
  const isList = given !== null && typeof given === "object" && Symbol.iterator in given
  const pairs: ReadonlyArray<unknown> = isList ? [...given] : Object.entries(given ?? {})
  if (!pairs.every(isPair)) throw refusal("headers", "hold a value that is no text")
  const headers = parsed(pairs)
  if (idempotencyKey !== undefined) {
    if (typeof idempotencyKey !== "string" || !/^[\x21-\x7e]+$/.test(idempotencyKey))
      throw refusal("idempotencyKey", "must be a text of visible ASCII characters")
    if (keyHeader in headers) throw refusal("idempotencyKey", `is in the headers already: give one of them`)
    headers[keyHeader] = idempotencyKey
  }
  const name = connectionHeaders.find((known) => known in headers)
  if (name) throw refusal("headers", `cannot set ${name}, which belongs to the connection`)
  return headers
}

const keyHeader = "idempotency-key"

const isPair = (pair: unknown): pair is readonly [string, string] => Array.isArray(pair) && typeof pair[1] === "string"

const parsed = (pairs: ReadonlyArray<readonly [string, string]>): Record<string, string> => {
  try {
    return Object.fromEntries(new Headers(pairs.map(([name, value]) => [name, value])))
  } catch {
    throw refusal("headers", "hold a name or a value that HTTP does not allow")
  }
}

export const encodedBody = (body: unknown): HttpBody.HttpBody | undefined => {
  if (body === undefined) return undefined
  if (typeof body === "string") return HttpBody.text(body)
  if (body instanceof Uint8Array) return HttpBody.uint8Array(body)
  if (ArrayBuffer.isView(body))
    return HttpBody.uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
  if (body instanceof FormData) return HttpBody.formData(body)
  if (isSentAsItIs(body)) return HttpBody.raw(body)
  if (!isForJson(body)) {
    throw refusal(
      "body",
      "is nothing that JSON can hold; await a promise, and for a Node stream give Readable.toWeb(stream)"
    )
  }
  try {
    return HttpBody.jsonUnsafe(body)
  } catch {
    throw refusal("body", "cannot be written as JSON")
  }
}

const isSentAsItIs = (body: unknown): boolean =>
  body instanceof Blob ||
  body instanceof ArrayBuffer ||
  body instanceof URLSearchParams ||
  body instanceof ReadableStream

/** `JSON.stringify` makes `{}` of a map or a promise, nothing of a function, and of a stream whatever is inside it. */
const isForJson = (body: unknown): boolean => {
  if (typeof body === "function" || typeof body === "symbol") return false
  if (body === null || typeof body !== "object" || Array.isArray(body) || "toJSON" in body) return true
  return !(Symbol.iterator in body || Symbol.asyncIterator in body || "pipe" in body || "then" in body)
}
