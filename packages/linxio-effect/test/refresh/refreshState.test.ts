/** What a process remembers of a refresh token, and what makes it forget. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { movableClock } from "../support/clock.ts"
import { answer, denial, json, loginRoute, makeClient, makeFake, refreshRoute, signedIn } from "../support/harness.ts"

describe("the cooldown after a failed refresh", () => {
  it.effect("ends as long as it lasts, although the wall clock is set back by a minute (F-11, I-23)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const clock = yield* movableClock
      const client = yield* Effect.provideService(signedIn(fake), Clock.Clock, clock)
      fake.revoke(client.tokens.token)
      fake.always(refreshRoute, answer(503))
      const call = Effect.provideService(client.get("/vehicles"), Clock.Clock, clock)
      const failing = yield* Effect.forkChild(Effect.flip(call))
      yield* TestClock.adjust("20 seconds")
      yield* Fiber.join(failing)

      fake.always(refreshRoute, undefined)
      clock.moveBy(-60_000)
      yield* TestClock.adjust("2 seconds")
      const healed = yield* Effect.forkChild(call)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* Fiber.join(healed)).slice(0, "user-access".length), "user-access")
    })
  )
})

describe("a refusal of a refresh token", () => {
  it.effect("is forgotten when a login brings the same token again, as from a server that was reset (F-36)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* makeClient(fake)
      const issued = { token: "first", refreshToken: "seeded-refresh" }
      const login = client.auth.login({ email: "user", password: "secret" })
      const countWith = (token: string) => (fake.revoke(token), Effect.flip(client.get("/vehicles")))

      fake.next(loginRoute, () => Effect.succeed(json(200, issued)))
      yield* login
      fake.next(refreshRoute, denial)
      assert.include(yield* countWith("first"), { reason: "SessionEnded" })

      fake.next(loginRoute, () => Effect.succeed(json(200, { ...issued, token: "second" })))
      yield* login
      fake.next(refreshRoute, () => Effect.succeed(json(200, { ...issued, token: "third" })))
      assert.include(yield* countWith("second"), { reason: "Unauthenticated" })
      assert.lengthOf(fake.refreshes(), 2)
    })
  )
})
