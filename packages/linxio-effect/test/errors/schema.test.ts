/** The errors over the wire: encoded as plain JSON, decoded as instances, without what must not leave the process. */
import { describe, expect, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import {
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioConfigurationError,
  LinxioDecodeError,
  LinxioErrorSchema,
  type LinxioFailure,
  LinxioNetworkError,
  LinxioStoreError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-effect"

const facts = { method: "GET", path: "/api/vehicles", attempts: 2, elapsedMs: 40 }
const api = new LinxioApiError({
  ...facts,
  message: "Linxio answered GET /api/vehicles with 422",
  retryable: false,
  status: 422,
  statusText: "Unprocessable Content",
  requestId: "r-1",
  body: { errors: [{ detail: { email: "is required" } }] },
  retryAfterMs: 1_000,
  priorAttemptAmbiguous: true,
  retryBudgetExhausted: true
})
const family: ReadonlyArray<LinxioFailure> = [
  new LinxioValidationError([{ field: "email", issue: "is required" }]),
  new LinxioNetworkError<"LinxioNetworkError">({ ...facts, code: "ECONNRESET", cause: new Error("CANARY") }),
  new LinxioTimeoutError({ ...facts, timeoutMs: 5, phase: "body", retryBudgetExhausted: true }),
  new LinxioAbortError({ message: "aborted", reason: { secret: "CANARY" } }),
  api,
  new LinxioAuthenticationError({ reason: "InvalidCredentials", message: "no", response: api }),
  new LinxioAuthenticationError({
    reason: "SessionEnded",
    message: "over",
    ended: { cause: "refresh-denied", at: 7, status: 400, ambiguous: true }
  }),
  new LinxioDecodeError({ method: "GET", path: "/api/me", status: 200, issue: "is empty" }),
  new LinxioStoreError({ operation: "save", issue: "disk full", cause: new Error("CANARY") })
]
const wire = Schema.toCodecJson(LinxioErrorSchema.Failure)
const send = (error: LinxioFailure): unknown => JSON.parse(JSON.stringify(Schema.encodeSync(wire)(error)))

describe("the schema of the family", () => {
  for (const error of family) {
    it(`gives back an equal instance of ${error._tag} after JSON (F-26)`, () => {
      const received = Schema.decodeUnknownSync(wire)(send(error))
      expect(received.constructor).toBe(error.constructor)
      expect(received).toBeInstanceOf(Error)
      expect(received.toJSON()).toEqual(error.toJSON())
      expect(received.message).toBe(error.message)
    })
  }

  it("sends neither causes nor the caller's own reason (I-32, F-26)", () => {
    expect(JSON.stringify(family.map(send))).not.toContain("CANARY")
  })

  it("keeps an authentication error that a response caused an API error (F-26)", () => {
    const received = family.map((error) => Schema.decodeUnknownSync(wire)(send(error)))
    expect(received.filter((error) => error instanceof LinxioApiError)).toHaveLength(2)
  })

  it("refuses what is no error of the family", () => {
    for (const alien of [{ _tag: "LinxioApiError" }, { _tag: "Other", message: "x" }, null]) {
      expect(() => Schema.decodeUnknownSync(wire)(alien)).toThrow()
    }
    expect(() => Schema.encodeUnknownSync(wire)(new Error("x"))).toThrow()
  })

  it("has one schema for each class, the configuration error included (F-26)", () => {
    const error = new LinxioConfigurationError({ option: "baseUrl", issue: "is wrong" })
    const { LinxioConfigurationError: schema } = LinxioErrorSchema
    const received = Schema.decodeUnknownSync(schema)(Schema.encodeSync(schema)(error))
    expect(received).toBeInstanceOf(LinxioConfigurationError)
    expect(received.message).toBe(error.message)
  })
})
