/** Checks the caller's input for a request, and converts it to Effect's form. */
import * as HttpBody from "effect/http/HttpBody"
import { readHeaders } from "linxio-effect/config/headers"
import type { RequestOptions } from "../options.ts"
import { refusal } from "../options/read.ts"

const keyHeader = "idempotency-key"

export const headersOf = ({ headers: given, idempotencyKey }: RequestOptions): Record<string, string> => {
  const headers = readHeaders(given)
  if (idempotencyKey === undefined) return headers
  if (typeof idempotencyKey !== "string" || !/^[\x21-\x7e]+$/.test(idempotencyKey))
    throw refusal("idempotencyKey", "must be a text of visible ASCII characters")
  if (keyHeader in headers) throw refusal("idempotencyKey", "is in the headers already: give one of them")
  return { ...headers, [keyHeader]: idempotencyKey }
}

export const encodedBody = (body: unknown): HttpBody.HttpBody => {
  if (body === undefined) return HttpBody.empty
  if (typeof body === "string") return HttpBody.text(body)
  // The engine copies them.
  if (body instanceof Uint8Array) return HttpBody.uint8Array(body)
  if (ArrayBuffer.isView(body)) return HttpBody.raw(body, { contentType: "application/octet-stream" })
  if (body instanceof FormData) return HttpBody.formData(body)
  if (body instanceof ReadableStream && body.locked) throw refusal("body", "is a stream that is being read already")
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
  (typeof SharedArrayBuffer === "function" && body instanceof SharedArrayBuffer) ||
  body instanceof URLSearchParams ||
  body instanceof ReadableStream

/** Whether JSON can represent the value. `JSON.stringify` writes a map or a promise as `{}`, a function as nothing, a stream as its internals. */
const isForJson = (body: unknown): boolean => {
  if (typeof body === "function" || typeof body === "symbol") return false
  if (body === null || typeof body !== "object" || Array.isArray(body) || "toJSON" in body) return true
  return !(Symbol.iterator in body || Symbol.asyncIterator in body || "pipe" in body || "then" in body)
}
