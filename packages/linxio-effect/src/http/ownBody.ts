/**
 * Copies the bytes of a request when its call begins. If the caller transfers, resizes or overwrites them later, the request and its retries do not
 * change (F-1).
 */
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { LinxioValidationError } from "../LinxioError.ts"

export const withOwnBody = (
  request: HttpClientRequest.HttpClientRequest
): HttpClientRequest.HttpClientRequest | LinxioValidationError => {
  const { body } = request
  // A text is immutable and is encoded when it is sent.
  if (body._tag === "Empty" || (body._tag === "Uint8Array" && body.text !== undefined)) return request
  const given = body._tag === "Uint8Array" || body._tag === "Raw" ? body.body : undefined
  if (!isBytes(given)) return request
  try {
    const { hash, headers, method, url, urlParams } = request
    const own = HttpBody.uint8Array(copyOf(given), body.contentType)
    return HttpClientRequest.makeWith(method, url, urlParams, hash, headers, own)
  } catch {
    return new LinxioValidationError([
      { field: "body", issue: "cannot be read: its buffer was transferred or resized" }
    ])
  }
}

const isBytes = (body: unknown): body is ArrayBufferLike | ArrayBufferView =>
  ArrayBuffer.isView(body) ||
  body instanceof ArrayBuffer ||
  (typeof SharedArrayBuffer === "function" && body instanceof SharedArrayBuffer)

/** Each of these constructors throws if there is nothing to copy. */
const copyOf = (given: ArrayBufferLike | ArrayBufferView): Uint8Array => {
  if (given instanceof Uint8Array) return new Uint8Array(given)
  return ArrayBuffer.isView(given)
    ? new Uint8Array(new Uint8Array(given.buffer, given.byteOffset, given.byteLength))
    : new Uint8Array(new Uint8Array(given))
}
