/** The errors in an Effect program: raised by `yield*`, caught by their tag, sent over the wire. */
import { assert, describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { inspect } from "node:util"
import { LinxioAbortError, LinxioApiError, type LinxioFailure, LinxioStoreError } from "linxio-effect"

const notFound = () =>
  new LinxioApiError({
    method: "GET",
    path: "/api/vehicles/9",
    attempts: 1,
    elapsedMs: 3,
    message: "refused",
    retryable: false,
    status: 404,
    statusText: "Not Found"
  })

describe("an error in a generator", () => {
  it.effect("fails it, by yield* of a new one and of one at hand (F-26)", () =>
    Effect.gen(function* () {
      const made: Effect.Effect<never, LinxioApiError> = Effect.gen(function* () {
        return yield* notFound()
      })
      const error: LinxioFailure = new LinxioAbortError({ message: "aborted" })
      const atHand: Effect.Effect<never, LinxioFailure> = Effect.gen(function* () {
        return yield* error
      })
      assert.instanceOf(yield* Effect.flip(made), LinxioApiError)
      assert.strictEqual(yield* Effect.flip(atHand), error)
    })
  )

  it.effect("is an effect that fails with itself (F-26)", () =>
    Effect.gen(function* () {
      const error = notFound()
      assert.isTrue(Effect.isEffect(error))
      assert.strictEqual(yield* Effect.flip(error), error)
      const caught: string = yield* Effect.catchTag(error, "LinxioApiError", ({ path }) => Effect.succeed(path))
      assert.strictEqual(caught, "/api/vehicles/9")
    })
  )

  it.effect("is caught by catchTags, and what is not caught stays in the type (F-26)", () =>
    Effect.gen(function* () {
      const call = Effect.fail<LinxioFailure>(new LinxioStoreError({ operation: "save", issue: "disk full" }))
      const rest: Effect.Effect<string, Exclude<LinxioFailure, LinxioStoreError | LinxioApiError>> = Effect.catchTags(
        call,
        {
          LinxioStoreError: ({ operation }) => Effect.succeed(operation),
          LinxioApiError: ({ reason }) => Effect.succeed(reason)
        }
      )
      assert.strictEqual(yield* rest, "save")
    })
  )

  it("prints as an error does, with its stack, and not as an effect", () => {
    const error = notFound()
    expect(inspect(error)).toContain("yieldable.test.ts")
    expect(String(error)).toBe("LinxioApiError: refused")
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: "LinxioApiError", status: 404 })
  })
})
