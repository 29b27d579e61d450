/** Signing out counts at once, whatever the server, the network or the store does. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { answer, makeFake, refreshRoute, reset, signedIn } from "../support/harness.ts"

const logoutRoute = "POST /logout"

describe("logout", () => {
  it.effect("forgets the session before anything is sent, and tells Linxio with the old token (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const gate = fake.hold(logoutRoute)
      const fiber = yield* Effect.forkChild(client.auth.logout, { startImmediately: true })
      assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
      yield* gate.arrived
      const failure = yield* Effect.flip(client.get("/vehicles"))
      assert.include(failure, { reason: "NotSignedIn" })
      assert.lengthOf(fake.sent("GET /vehicles"), 0)
      yield* gate.open
      yield* Fiber.join(fiber)
      assert.strictEqual(fake.sent(logoutRoute)[0]?.bearer, client.tokens.token)
    })
  )

  for (const [name, step] of [
    ["a 503", answer(503)],
    ["a broken connection", reset()],
    ["a redirect", answer(307, {}, { location: "/api/x" })]
  ] as const) {
    it.effect(`fails after ${name}, is sent once, and the session stays forgotten (I-16)`, () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const client = yield* signedIn(fake)
        fake.always(logoutRoute, step)
        yield* Effect.flip(client.auth.logout)
        assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
        assert.lengthOf(fake.sent(logoutRoute), 1)
        assert.include(yield* Effect.flip(client.get("/vehicles")), { reason: "NotSignedIn" })
      })
    )
  }

  it.effect("succeeds when the token was no good any more, and never refreshes it (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      fake.revoke(client.tokens.token)
      yield* client.auth.logout
      assert.lengthOf(fake.refreshes(), 0)
      assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
    })
  )

  it.effect("during a refresh wins over it: the tokens that it brings are discarded (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const gate = fake.hold(refreshRoute)
      fake.revoke(client.tokens.token)
      const fiber = yield* Effect.forkChild(Effect.flip(client.get("/vehicles")), { startImmediately: true })
      yield* gate.arrived
      yield* client.auth.logout
      yield* gate.open
      assert.include(yield* Fiber.join(fiber), { reason: "SessionChanged" })
      assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
      assert.lengthOf(fake.sent("GET /vehicles"), 1)
    })
  )

  it.effect("during a sign-in wins over it, because it was called last (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      const gate = fake.hold("POST /login")
      const fiber = yield* Effect.forkChild(Effect.flip(client.auth.login({ email: "other", password: "pw" })), {
        startImmediately: true
      })
      yield* gate.arrived
      yield* client.auth.logout
      yield* gate.open
      assert.include(yield* Fiber.join(fiber), { reason: "SessionChanged" })
      assert.strictEqual(client.session.currentUnsafe()._tag, "Anonymous")
    })
  )

  it.effect("of nobody sends nothing (I-16)", () =>
    Effect.gen(function* () {
      const fake = makeFake()
      const client = yield* signedIn(fake)
      yield* client.auth.logout
      yield* client.auth.logout
      assert.lengthOf(fake.sent(logoutRoute), 1)
    })
  )
})
