/** The layers for tests: what is given works, what is left out is named. */
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { Auth, HttpClient, Session, SessionStore } from "linxio-effect"
import { make } from "linxio-effect/Session"

/** The message of the defect that `effect` dies with. */
const defectOf = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.map(Effect.flip(Effect.sandbox(effect)), (cause) => String(Cause.squash(cause)))

describe("layerTest", () => {
  it.effect("of Auth uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = Auth.layerTest({ me: () => Effect.succeed({ id: 7 }) })
      assert.deepStrictEqual(
        yield* Effect.provide(
          Auth.use((auth) => auth.me()),
          layer
        ),
        { id: 7 }
      )
      const died = yield* defectOf(
        Effect.provide(
          Auth.use((auth) => auth.logout),
          layer
        )
      )
      assert.include(died, "Auth.logout")
      assert.include(died, "Auth.layerTest")
    })
  )

  it.effect("of Session uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = Session.layerTest({ currentUnsafe: make().currentUnsafe })
      assert.strictEqual(
        yield* Effect.provide(
          Session.useSync((session) => session.currentUnsafe()._tag),
          layer
        ),
        "Anonymous"
      )
      assert.include(
        yield* defectOf(
          Effect.provide(
            Session.useSync((session) => session.ticket()),
            layer
          )
        ),
        "Session.ticket"
      )
    })
  )

  it.effect("of HttpClient uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = HttpClient.layerTest({ get: () => Effect.die("the test's own") })
      assert.include(
        yield* defectOf(
          Effect.provide(
            HttpClient.use((http) => http.get("/x")),
            layer
          )
        ),
        "the test's own"
      )
      assert.include(
        yield* defectOf(
          Effect.provide(
            HttpClient.use((http) => http.post("/x")),
            layer
          )
        ),
        "HttpClient.post"
      )
    })
  )

  it.effect("of SessionStore uses what the test gave and names what it did not", () =>
    Effect.gen(function* () {
      const layer = SessionStore.layerTest({ load: Effect.succeed(undefined) })
      assert.isUndefined(
        yield* Effect.provide(
          SessionStore.use((store) => store.load),
          layer
        )
      )
      assert.include(
        yield* defectOf(
          Effect.provide(
            SessionStore.use((store) => store.clear(undefined)),
            layer
          )
        ),
        "SessionStore.clear"
      )
    })
  )
})
