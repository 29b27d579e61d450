import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { LinxioAuthenticationError } from "linxio-effect"
import { answer, makeFake, signedIn } from "../support/harness.ts"

const refusal = answer(401, { code: 401, message: "Invalid JWT Token" })
const forbidden = "GET /forbidden"

/** A client that has learnt that a refresh does not help `/forbidden`. */
const taught = (lifetimeMs?: number) =>
  Effect.gen(function* () {
    const fake = makeFake({ rotate: true, ...(lifetimeMs !== undefined && { lifetimeMs }) })
    const client = yield* signedIn(fake)
    fake.always(forbidden, refusal)
    const error = yield* Effect.flip(client.get("/forbidden"))
    return { ...client, fake, error }
  })

describe("a refresh that did not help", () => {
  it.effect("when the replay is refused too, that 401 goes to the caller after one refresh (I-6)", () =>
    Effect.gen(function* () {
      const { error, fake } = yield* taught()
      assert.isTrue(
        error instanceof LinxioAuthenticationError && error.reason === "Unauthenticated" && error.status === 401
      )
      assert.deepStrictEqual(
        fake.sent(forbidden).map(({ bearer }) => bearer),
        ["user-access-1", "user-access-2"]
      )
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("for thirty seconds the same endpoint is not refreshed for again, and then it is (I-6)", () =>
    Effect.gen(function* () {
      const { fake, get } = yield* taught()
      yield* get("/vehicles") // the token works, so only the endpoint counts
      yield* TestClock.adjust(29_999)
      yield* Effect.flip(get("/forbidden"))
      assert.strictEqual(fake.refreshes().length, 1)
      assert.strictEqual(fake.sent(forbidden).length, 3)
      yield* TestClock.adjust(1)
      yield* Effect.flip(get("/forbidden"))
      assert.strictEqual(fake.refreshes().length, 2)
    })
  )

  it.effect("for half the lifetime of a short-lived token only (I-6)", () =>
    Effect.gen(function* () {
      const { fake, get } = yield* taught(20_000)
      yield* get("/vehicles")
      yield* TestClock.adjust(9_999)
      yield* Effect.flip(get("/forbidden"))
      assert.strictEqual(fake.refreshes().length, 1)
      yield* TestClock.adjust(1)
      yield* Effect.flip(get("/forbidden"))
      assert.strictEqual(fake.refreshes().length, 2)
    })
  )

  it.effect("a token that has not worked yet is not refreshed again, on whatever endpoint (I-6)", () =>
    Effect.gen(function* () {
      const { fake, get } = yield* taught()
      fake.always("GET /other", refusal)
      yield* Effect.flip(get("/other"))
      yield* Effect.flip(get("/other"))
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("a token that has worked is refreshed on the first 401 elsewhere, however young (I-6)", () =>
    Effect.gen(function* () {
      const { fake, get } = yield* taught()
      fake.revoke(yield* get("/vehicles"))
      assert.strictEqual(yield* get("/vehicles"), "user-access-3")
      assert.strictEqual(fake.refreshes().length, 2)
    })
  )

  it.effect("another session is not held to what the one before it has shown (I-6)", () =>
    Effect.gen(function* () {
      const { auth, fake, get } = yield* taught()
      const second = yield* fake.issue("second")
      fake.revoke(second.token)
      yield* auth.setSession(second)
      assert.strictEqual(yield* get("/vehicles"), "second-access-4")
    })
  )

  it.effect("a hundred callers of an endpoint that always refuses cause one refresh (I-6)", () =>
    Effect.gen(function* () {
      const { fake, get } = yield* taught()
      yield* Effect.all(
        Array.from({ length: 100 }, () => Effect.flip(get("/forbidden"))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(fake.refreshes().length, 1)
      assert.strictEqual(fake.sent(forbidden).length, 102)
    })
  )
})

describe("one replay", () => {
  it.effect("a request is replayed once, although the token changes again meanwhile (I-7)", () =>
    Effect.gen(function* () {
      const fake = makeFake({ rotate: true })
      const client = yield* signedIn(fake)
      // Each answer finds a token that is newer than the one that was refused.
      fake.always(forbidden, (recorded, proceed) =>
        Effect.andThen(Effect.orDie(client.auth.refresh), refusal(recorded, proceed))
      )
      yield* Effect.flip(client.get("/forbidden"))
      assert.strictEqual(fake.sent(forbidden).length, 2)
    })
  )

  it.effect("transport retries and the replay are added, not multiplied (I-7)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retry: { retries: 2, delayMs: 0 } })
      const status = (code: number) => answer(code, { code, message: "no" })
      fake.next(forbidden, status(503), status(401), status(503), status(401), status(503))
      const error = yield* Effect.flip(client.get("/forbidden"))
      assert.isTrue(error instanceof LinxioAuthenticationError && error.status === 401)
      assert.strictEqual(fake.sent(forbidden).length, 4)
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )

  it.effect("the budget of retries is not given back by the replay (I-7)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake, { retry: { retries: 1, delayMs: 0 } })
      fake.next(forbidden, answer(503), refusal)
      fake.always(forbidden, answer(503))
      const error = yield* Effect.flip(client.get("/forbidden"))
      assert.isTrue("status" in error && error.status === 503)
      assert.strictEqual(fake.sent(forbidden).length, 3)
    })
  )

  it.effect("a stream is not replayed, but the session is refreshed for the next call (I-7)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      const body = HttpBody.stream(Stream.make(new Uint8Array([1])))
      const error = yield* Effect.flip(client.http.post("/upload", { body }))
      assert.isTrue(
        error instanceof LinxioAuthenticationError && error.replayable === false && error.sessionRefreshed === true
      )
      assert.strictEqual(fake.sent("POST /upload").length, 1)
      assert.strictEqual(yield* client.get("/vehicles"), "user-access-2")
      assert.strictEqual(fake.refreshes().length, 1)
    })
  )
})
