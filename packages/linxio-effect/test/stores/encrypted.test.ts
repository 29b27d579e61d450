/** The store of Effect that encrypts another one. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SessionStore } from "linxio-effect"
import { encryptedStore } from "linxio-effect/stores/encrypted"
import * as EncryptedSessionStore from "linxio-effect/stores/EncryptedSessionStore"
import { toPromises } from "linxio-effect/stores/promiseStore"
import { makeMemory } from "linxio-effect/stores/SessionStore"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"

const record = (version: number): StoredRecord => ({
  version,
  epoch: 1,
  session: { token: "secret-token", refreshToken: "secret-refresh" },
  lease: null
})
const [old, current] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const base64 = btoa(String.fromCharCode(...current))

describe("EncryptedSessionStore", () => {
  it.effect("shows no secret to the store that it is given, and gives the session back (S-11)", () => {
    const inner = makeMemory()
    return Effect.gen(function* () {
      const store = yield* SessionStore
      assert.isTrue(yield* store.swap(record(1), 0))
      assert.notInclude(JSON.stringify(yield* inner.load), "secret")
      assert.deepStrictEqual(yield* store.load, record(1))
    }).pipe(
      Effect.provide(
        Layer.provide(
          EncryptedSessionStore.layer({ keys: [Redacted.make(base64)] }),
          Layer.succeed(SessionStore, inner)
        )
      )
    )
  })

  it.effect("takes keys that are Redacted or not, as bytes and as base64, and reads what linxio-js has written", () =>
    Effect.gen(function* () {
      const inner = makeMemory()
      yield* Effect.promise(async () => encryptedStore(toPromises(inner), { keys: [current] }).swap(record(1), 0))
      for (const key of [current, base64, Redacted.make(current), Redacted.make(base64)]) {
        const store = yield* EncryptedSessionStore.make(inner, { keys: [Redacted.make(old), key] })
        assert.deepStrictEqual(yield* store.load, record(1))
      }
    })
  )

  it.effect("fails with the error of a store where no key decrypts the session, and leaves it as it is (S-11)", () =>
    Effect.gen(function* () {
      const inner = makeMemory()
      yield* (yield* EncryptedSessionStore.make(inner, { keys: [old] })).swap(record(1), 0)
      const before = yield* inner.load
      const stranger = yield* EncryptedSessionStore.make(inner, { keys: [current] })
      assert.include(yield* Effect.flip(stranger.load), { _tag: "LinxioStoreError", operation: "load" })
      const refused = yield* Effect.flip(stranger.swap(record(2), 1))
      assert.include(refused, { _tag: "LinxioStoreError", operation: "save" })
      assert.include(refused.message, "does not open with any of the keys")
      assert.deepStrictEqual(yield* inner.load, before)
    })
  )

  it.effect(
    "keeps what the store within says of itself, so that clients of one process hear of each other (S-12)",
    () =>
      Effect.gen(function* () {
        const inner = {
          ...makeMemory(),
          subscribe: () => () => undefined,
          timeoutMs: 500,
          onOutage: "waitForStore" as const
        }
        const [first, second] = yield* Effect.all([
          EncryptedSessionStore.make(inner, { keys: [old] }),
          EncryptedSessionStore.make(inner, { keys: [old] })
        ])
        assert.include(first, { identity: inner, subscribe: inner.subscribe, timeoutMs: 500, onOutage: "waitForStore" })
        assert.strictEqual(second.identity, inner)
      })
  )

  it.effect("can be interrupted while the store within hangs", () =>
    Effect.gen(function* () {
      const store = yield* EncryptedSessionStore.make({ ...makeMemory(), load: Effect.never }, { keys: [old] })
      const waiting = yield* Effect.forkChild(store.load)
      yield* Fiber.interrupt(waiting)
    })
  )

  it.effect("fails to be made with the name of the key that is none, and does not show it", () =>
    Effect.gen(function* () {
      const wrong = [
        { keys: [], option: "keys" },
        { keys: [old, Redacted.make("too-short")], option: "keys[1]" },
        { keys: undefined as never, option: "keys" },
        { keys: [null as never], option: "keys[0]" }
      ]
      for (const { keys, option } of wrong) {
        const failure = yield* SessionStore.pipe(
          Effect.provide(Layer.provide(EncryptedSessionStore.layer({ keys }), SessionStore.layerMemory())),
          Effect.flip
        )
        assert.include(failure, { _tag: "LinxioConfigurationError", option })
        assert.notInclude(String(failure), "too-short")
      }
    })
  )
})
