/** The bytes of a request belong to its call (F-1). */
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { LinxioValidationError } from "linxio-effect"
import { describe, expect, it } from "vitest"
import { withOwnBody } from "../../src/http/ownBody.ts"

const put = (body: HttpBody.HttpBody) => HttpClientRequest.put("/x", { body })
const sentOf = (body: HttpBody.HttpBody): unknown => {
  const own = withOwnBody(put(body))
  return own instanceof LinxioValidationError ? own : own.body._tag === "Uint8Array" && [...own.body.body]
}

describe("the body of a request", () => {
  it("is a copy of the bytes, of whatever kind they are (F-1)", () => {
    const bytes = new Uint8Array([1, 2, 3, 4])
    const shared = new Uint8Array(new SharedArrayBuffer(2))
    for (const body of [HttpBody.uint8Array(bytes), HttpBody.raw(bytes), HttpBody.raw(bytes.buffer)]) {
      const own = withOwnBody(put(body))
      if (own instanceof LinxioValidationError || own.body._tag !== "Uint8Array") throw new Error("no bytes")
      bytes.fill(0)
      expect([...own.body.body]).toEqual([1, 2, 3, 4])
      bytes.set([1, 2, 3, 4])
    }
    expect(sentOf(HttpBody.raw(new DataView(bytes.buffer, 1, 2)))).toEqual([2, 3])
    expect(sentOf(HttpBody.uint8Array(shared))).toEqual([0, 0])
  })

  it("keeps its headers and its content type (F-1)", () => {
    const request = HttpClientRequest.put("/x", { body: HttpBody.uint8Array(new Uint8Array([1]), "image/png") })
    const own = withOwnBody(request)
    if (own instanceof LinxioValidationError) throw own
    expect(own.headers).toEqual(request.headers)
    expect(own.headers["content-type"]).toBe("image/png")
  })

  it("is refused where its bytes were transferred (F-1)", () => {
    const bytes = new Uint8Array(4)
    structuredClone(bytes, { transfer: [bytes.buffer] })
    expect(sentOf(HttpBody.uint8Array(bytes))).toBeInstanceOf(LinxioValidationError)
    expect(sentOf(HttpBody.raw(bytes.buffer))).toBeInstanceOf(LinxioValidationError)
  })
})
