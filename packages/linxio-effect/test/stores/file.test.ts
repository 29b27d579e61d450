import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import * as FileSessionStore from "linxio-effect/stores/file"
import { LinxioStoreError } from "linxio-effect"
import type { SessionTokens } from "linxio-effect"

const tokens = (token: string, refreshToken: string): SessionTokens => ({
  accessToken: Redacted.make(token),
  refreshToken: Redacted.make(refreshToken),
  obtainedAt: 1000,
  expiry: { expiresAt: 61_000, lifetimeMs: 60_000 }
})

const inFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "linxio-store-"))
  const path = join(folder, "session.json")
  return { folder, path, store: FileSessionStore.make({ path }) }
}

const secret = (stored: SessionTokens | undefined) => stored?.accessToken && Redacted.value(stored.accessToken)

describe("FileSessionStore", () => {
  it.live("loads what was saved, expiry included", () =>
    Effect.gen(function* () {
      const { store } = inFolder()
      assert.isUndefined(yield* store.load)
      assert.isTrue(yield* store.save(tokens("access-1", "refresh-1"), undefined))
      const stored = yield* store.load
      assert.strictEqual(secret(stored), "access-1")
      assert.deepStrictEqual(stored?.expiry, { expiresAt: 61_000, lifetimeMs: 60_000 })
      assert.strictEqual(stored?.obtainedAt, 1000)
    })
  )

  it.live("writes a file that only its owner can read, and leaves nothing else behind", () =>
    Effect.gen(function* () {
      const { folder, path, store } = inFolder()
      yield* store.save(tokens("access-1", "refresh-1"), undefined)
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.deepStrictEqual(readdirSync(folder), ["session.json"])
    })
  )

  it.live("saves and clears only over the expected refresh token (I-34)", () =>
    Effect.gen(function* () {
      const { store } = inFolder()
      yield* store.save(tokens("access-1", "refresh-1"), undefined)
      assert.isFalse(yield* store.save(tokens("access-x", "refresh-x"), undefined))
      assert.isTrue(yield* store.save(tokens("access-2", "refresh-2"), Redacted.make("refresh-1")))
      assert.isFalse(yield* store.clear(Redacted.make("refresh-1")))
      assert.strictEqual(secret(yield* store.load), "access-2")
      assert.isTrue(yield* store.clear(Redacted.make("refresh-2")))
      assert.isUndefined(yield* store.load)
    })
  )

  it.live("of many concurrent saves over the same session exactly one wins (I-34)", () =>
    Effect.gen(function* () {
      const { path, store } = inFolder()
      yield* store.save(tokens("access-1", "refresh-1"), undefined)
      const rivals = Array.from({ length: 8 }, () => FileSessionStore.make({ path }))
      const won = yield* Effect.forEach(
        rivals,
        (rival, index) => rival.save(tokens(`access-${index}`, `refresh-of-${index}`), Redacted.make("refresh-1")),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(won.filter(Boolean).length, 1)
    })
  )

  for (const [what, content] of [
    ["is no JSON", "{ half a sess"],
    ["belongs to somebody else", JSON.stringify({ name: "package.json" })],
    ["holds no usable session", JSON.stringify({ kind: "linxio-session/1", session: { token: "two\nlines" } })]
  ] as const) {
    it.live(`refuses a file that ${what}, and leaves it as it is`, () =>
      Effect.gen(function* () {
        const { path, store } = inFolder()
        writeFileSync(path, content)
        const loadError = yield* Effect.flip(store.load)
        assert.instanceOf(loadError, LinxioStoreError)
        assert.include(loadError.message, path)
        const saveError = yield* Effect.flip(store.save(tokens("access-1", "refresh-1"), undefined))
        assert.strictEqual(saveError.operation, "save")
        assert.strictEqual(readFileSync(path, "utf8"), content)
      })
    )
  }

  it.live("takes over the lock of a process that died", () =>
    Effect.gen(function* () {
      const { path, store } = inFolder()
      const dead = spawnSync(process.execPath, ["-e", ""])
      writeFileSync(`${path}.lock`, JSON.stringify({ pid: dead.pid, host: hostname() }))
      assert.isTrue(yield* store.save(tokens("access-1", "refresh-1"), undefined))
    })
  )
})
