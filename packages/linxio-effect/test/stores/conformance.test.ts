/** Every store that ships, held to the suite that a user's own store can be held to. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encryptedStore } from "linxio-effect/stores/encrypted"
import { fileStore } from "linxio-effect/stores/file"
import { memoryStore } from "linxio-effect/stores/memory"
import { type SessionStore, toPromises } from "linxio-effect/stores/promiseStore"
import { redisStore } from "linxio-effect/stores/redis"
import { makeMemory } from "linxio-effect/stores/SessionStore"
import { webStore } from "linxio-effect/stores/web"
import { testSessionStore } from "linxio-testing"
import { afterAll, beforeAll, describe, it } from "vitest"
import { fakeRedis, fakeStorage } from "../support/storeBackends.ts"

/** The same name is the same store. */
const byName = <A>(make: (name: string) => A) => {
  const made = new Map<string, A>()
  return (name: string): A => {
    const known = made.get(name) ?? make(name)
    made.set(name, known)
    return known
  }
}

describe("memoryStore", () =>
  testSessionStore(
    byName(() => memoryStore()),
    { describe, it }
  ))

describe("the memory of the engine", () =>
  testSessionStore(
    byName(() => toPromises(makeMemory())),
    { describe, it }
  ))

describe("fileStore", () => {
  let root = ""
  beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), "linxio-"))))
  afterAll(() => rm(root, { recursive: true, force: true }))
  testSessionStore((name) => fileStore({ directory: join(root, name) }), { describe, it })
})

describe("webStore", () => {
  const storage = fakeStorage()
  testSessionStore((key) => webStore({ key, storage }), { describe, it })
})

for (const convention of ["ioredis", "redis", "upstash"] as const) {
  describe(`redisStore with a client like ${convention}`, () => {
    const client = fakeRedis(convention)
    testSessionStore((key) => redisStore({ client, key }), { describe, it })
  })
}

describe("encryptedStore", () => {
  const keys = [new Uint8Array(32).fill(7)]
  const inner = byName((): SessionStore => memoryStore())
  testSessionStore((name) => encryptedStore(inner(name), { keys }), { describe, it })
})
