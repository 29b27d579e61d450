/** A shared session whose store is down, for all or for one direction (docs/guarantees.md#s-9). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { makeFake } from "../support/harness.ts"
import { changesOf, failing, makeStore } from "../support/store.ts"
import { after, begin, makeCluster, makeIssuer, makeProcess } from "./cluster.ts"

describe("a store that is down", () => {
  it.effect("fails no call whose token works, and is announced once (S-9)", () =>
    Effect.gen(function* () {
      const { processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      const changes = changesOf(only.session)
      store.hooks.load = failing("load")
      yield* Effect.all([only.get, only.get, only.get])
      assert.deepStrictEqual(changes, [])
    })
  )

  it.effect("lets whoever wrote the version in force refresh alone, and gets the tokens when it is back (S-9)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      issuer.expire()
      yield* after(yield* begin(only.get), "2 seconds")
      const changes = changesOf(only.session)
      store.hooks.load = failing("load")
      store.hooks.swap = () => failing("save")
      issuer.expire()
      yield* after(yield* begin(only.get), "2 seconds")
      assert.strictEqual(issuer.refreshes(), 2)
      assert.deepStrictEqual(
        changes.filter((type) => type === "storeFailed"),
        ["storeFailed"]
      )
      Object.assign(store.hooks, store.plainly)
      issuer.expire()
      yield* after(yield* begin(only.get), "2 seconds")
      assert.strictEqual(store.record()?.session?.refreshToken, "refresh-3")
      assert.strictEqual(issuer.reuses(), 0)
    })
  )

  it.effect(
    "since before the sign-in lets whoever signed in refresh alone, and has the session when it is back (S-9)",
    () =>
      Effect.gen(function* () {
        const fake = makeFake()
        const issuer = makeIssuer(fake)
        const store = makeStore()
        store.hooks.load = failing("load")
        store.hooks.swap = () => failing("save")
        const only = yield* makeProcess(fake, store.service)
        yield* only.auth.login({ email: "user@example.test", password: "secret" })
        issuer.expire()
        yield* after(yield* begin(only.get), "40 seconds")
        assert.strictEqual(issuer.refreshes(), 1)
        Object.assign(store.hooks, store.plainly)
        issuer.expire()
        yield* after(yield* begin(only.get), "40 seconds")
        assert.strictEqual(store.record()?.session?.refreshToken, "refresh-3")
        assert.strictEqual(issuer.reuses(), 0)
      })
  )

  it.effect(
    "that can be read and not written, as on a full disk, lets whoever wrote the version in force refresh alone (S-9)",
    () =>
      Effect.gen(function* () {
        const { issuer, processes, store } = yield* makeCluster(1)
        const [only] = processes
        issuer.expire()
        yield* after(yield* begin(only.get), "2 seconds")
        const changes = changesOf(only.session)
        store.hooks.swap = () => failing("save")
        for (let refresh = 2; refresh < 4; refresh++) {
          issuer.expire()
          yield* after(yield* begin(only.get), "2 seconds")
          assert.strictEqual(issuer.refreshes(), refresh)
        }
        assert.lengthOf(
          changes.filter((type) => type === "storeFailed"),
          1
        )
      })
  )

  it.effect("makes the others wait as long as their calls may, and fails them with what the store said (S-9)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      store.hooks.load = failing("load")
      issuer.expire()
      const failed = yield* begin(Effect.flip(only.get))
      assert.include(yield* after(failed, "30 seconds"), { _tag: "LinxioStoreError", retryable: true })
      const healed = yield* begin(only.get)
      yield* TestClock.adjust("1 seconds")
      Object.assign(store.hooks, store.plainly)
      yield* after(healed, "2 seconds")
    })
  )

  it.effect("that hangs is given up after its own time limit (S-9)", () =>
    Effect.gen(function* () {
      const { processes, store } = yield* makeCluster(1)
      const [only] = processes
      store.hooks.load = Effect.never
      const failed = yield* begin(Effect.flip(only.get))
      assert.include(yield* after(failed, "2 seconds"), { _tag: "LinxioStoreError" })
    })
  )

  it.effect("that comes back empty gets the session, and nobody takes the older one for newer (S-3)", () =>
    Effect.gen(function* () {
      const { all, issuer, store } = yield* makeCluster(2)
      issuer.expire()
      yield* after(yield* begin(all), "2 seconds")
      store.empty()
      issuer.expire()
      yield* after(yield* begin(all), "5 seconds")
      assert.strictEqual(issuer.refreshes(), 2)
      assert.strictEqual(issuer.reuses(), 0)
    })
  )

  it.effect("whose words quote the row shows no token of it (F-2)", () =>
    Effect.gen(function* () {
      const { issuer, processes, store } = yield* makeCluster(1)
      const [only] = processes
      yield* only.get
      const messages: Array<unknown> = []
      only.session.observe((change) => messages.push(change))
      store.hooks.swap = (next) => Effect.die(new Error(`duplicate key: ${JSON.stringify(next)}`))
      issuer.expire()
      yield* after(yield* begin(Effect.exit(only.get)), "40 seconds")
      assert.include(JSON.stringify(messages), "duplicate key")
      for (const secret of [issuer.tokens.token, issuer.tokens.refreshToken])
        assert.notInclude(JSON.stringify(messages), secret)
    })
  )
})
