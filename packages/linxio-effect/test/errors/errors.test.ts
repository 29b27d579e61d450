/** The error family: one base, a class and a tag for each kind, and nothing in it that must not be printed. */
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { inspect } from "node:util"
import {
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioConfigurationError,
  LinxioDecodeError,
  LinxioError,
  type LinxioFailure,
  LinxioNetworkError,
  LinxioStoreError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-effect"

const facts = { method: "GET", path: "/vehicles", attempts: 2, elapsedMs: 40 }
const api = (status: number) =>
  new LinxioApiError({
    ...facts,
    message: "refused",
    retryable: false,
    status,
    statusText: "",
    requestId: "r-1",
    body: { a: 1 }
  })

const family: ReadonlyArray<readonly [LinxioError, new (...args: never) => LinxioError, boolean]> = [
  [new LinxioConfigurationError({ option: "baseUrl", issue: "is wrong" }), LinxioConfigurationError, false],
  [new LinxioValidationError([{ field: "email", issue: "is required" }]), LinxioValidationError, false],
  [new LinxioNetworkError({ ...facts, code: "ECONNRESET" }), LinxioNetworkError, true],
  [new LinxioTimeoutError({ ...facts, timeoutMs: 5, phase: "body" }), LinxioTimeoutError, true],
  [new LinxioAbortError({ message: "aborted", reason: "why" }), LinxioAbortError, false],
  [api(404), LinxioApiError, false],
  [new LinxioAuthenticationError({ reason: "NotSignedIn", message: "nobody" }), LinxioAuthenticationError, false],
  [new LinxioDecodeError({ method: "GET", path: "/me", status: 200, issue: "is empty" }), LinxioDecodeError, false],
  [new LinxioStoreError({ operation: "save", issue: "disk full" }), LinxioStoreError, true]
]

describe("each error", () => {
  for (const [error, Class, retryable] of family) {
    it(`${Class.name} has its own name and tag, a message, and is a LinxioError`, () => {
      expect(error).toBeInstanceOf(Error)
      expect(error).toBeInstanceOf(LinxioError)
      expect(error).toBeInstanceOf(Class)
      expect(error._tag).toBe(Class.name)
      expect(error.name).toBe(Class.name)
      expect(error.message).not.toBe("")
      expect(error.retryable).toBe(retryable)
      expect(Object.keys(error)).not.toContain("name")
      expect(inspect(error)).toContain(error.message)
    })

    it(`${Class.name} prints as a plain object with its name, tag and message`, () => {
      const printed: unknown = JSON.parse(JSON.stringify(error))
      expect(printed).toMatchObject({ name: Class.name, _tag: Class.name, message: error.message })
    })

    it(`${Class.name} is an instance of no class that it has nothing to do with`, () => {
      const classes = family.map(([, other]) => other).filter((other) => error instanceof other)
      expect(classes).toEqual(Class === LinxioTimeoutError ? [LinxioNetworkError, LinxioTimeoutError] : [Class])
    })
  }

  it.effect("is caught by its tag, and by no other", () =>
    Effect.gen(function* () {
      const fail = (error: LinxioFailure) =>
        Effect.fail(error).pipe(
          Effect.catchTag("LinxioTimeoutError", (timeout) => Effect.succeed(`timeout ${timeout.phase}`)),
          Effect.catchTag("LinxioNetworkError", (network) => Effect.succeed(`network ${String(network.code)}`)),
          Effect.catchTag("LinxioApiError", (refusal) => Effect.succeed(`api ${refusal.status}`))
        )
      expect(yield* fail(new LinxioTimeoutError({ ...facts, timeoutMs: 5, phase: "headers" }))).toBe("timeout headers")
      expect(yield* fail(new LinxioNetworkError<"LinxioNetworkError">({ ...facts, code: "ECONNRESET" }))).toBe(
        "network ECONNRESET"
      )
      expect(yield* fail(api(404))).toBe("api 404")
      expect(yield* Effect.flip(fail(new LinxioAbortError({ message: "x" })))).toBeInstanceOf(LinxioAbortError)
    })
  )
})

describe("an authentication error", () => {
  it("that a response caused is an API error as well, with its status and request id", () => {
    const error = new LinxioAuthenticationError({ reason: "InvalidCredentials", message: "no", response: api(401) })
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toBeInstanceOf(LinxioAuthenticationError)
    expect(error).toMatchObject({ status: 401, requestId: "r-1", method: "GET", path: "/vehicles", body: { a: 1 } })
  })

  it("that no response caused is none", () => {
    expect(new LinxioAuthenticationError({ reason: "NotSignedIn", message: "no" })).not.toBeInstanceOf(LinxioApiError)
    expect(api(401)).not.toBeInstanceOf(LinxioAuthenticationError)
    expect({ status: 401 }).not.toBeInstanceOf(LinxioApiError)
  })
})

describe("an API error", () => {
  it("names the reason of its status", () => {
    const reasons = [429, 403, 404, 307, 503, 422].map((status) => api(status).reason)
    expect(reasons).toEqual(["RateLimited", "PermissionDenied", "NotFound", "Redirected", "ServerError", "Refused"])
    expect([0, 300, 304, 399].map((status) => api(status).reason)).toEqual([
      "Redirected",
      "Redirected",
      "Refused",
      "Redirected"
    ])
  })

  it("has no field for what is not known", () => {
    expect(Object.keys(api(404))).not.toContain("retryAfterMs")
    expect(Object.keys(api(404))).not.toContain("priorAttemptAmbiguous")
  })
})

describe("an abort error", () => {
  it("carries the caller's own reason and does not print it (I-32)", () => {
    const error = new LinxioAbortError({ message: "aborted", reason: { secret: "CANARY" } })
    expect(error.reason).toEqual({ secret: "CANARY" })
    expect(JSON.stringify(error)).not.toContain("CANARY")
    expect(inspect(error)).not.toContain("CANARY")
  })
})
