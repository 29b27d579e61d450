/** The stream of session changes, and its end. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { changes } from "linxio-effect"
import { makeClient, makeFake } from "../support/harness.ts"

const client = Effect.gen(function* () {
  const scope = yield* Scope.make()
  const made = yield* Scope.provide(makeClient(makeFake()), scope)
  const types = Effect.provide(Stream.runCollect(Stream.map(changes, ({ type }) => type)), made.context)
  return { ...made, close: Scope.close(scope, Exit.void), types }
})

describe("the stream of session changes", () => {
  it.effect("ends when the client is closed, also while its consumer waits (F-25)", () =>
    Effect.gen(function* () {
      const { auth, close, types } = yield* client
      const consumer = yield* Effect.forkChild(types, { startImmediately: true })
      yield* auth.login({ email: "user", password: "pw" })
      yield* Effect.yieldNow
      yield* close
      assert.deepStrictEqual(yield* Fiber.join(consumer), ["signedIn"])
    })
  )

  it.effect("gives what was announced just before the client was closed (F-25)", () =>
    Effect.gen(function* () {
      const { auth, close, types } = yield* client
      const consumer = yield* Effect.forkChild(types, { startImmediately: true })
      yield* auth.login({ email: "user", password: "pw" })
      yield* auth.setSession(null)
      yield* close
      assert.deepStrictEqual(yield* Fiber.join(consumer), ["signedIn", "signedOut"])
    })
  )

  it.effect("of a client that is closed already is empty (F-25)", () =>
    Effect.gen(function* () {
      const { close, types } = yield* client
      yield* close
      assert.deepStrictEqual(yield* types, [])
    })
  )
})
