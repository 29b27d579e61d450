/** Every store that ships, held to the suite that a user's own store can be held to. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { IDBFactory } from "fake-indexeddb"
import { encryptedStore } from "linxio-effect/stores/encrypted"
import * as EncryptedSessionStore from "linxio-effect/stores/EncryptedSessionStore"
import { fileStore } from "linxio-effect/stores/file"
import { memoryStore } from "linxio-effect/stores/memory"
import { type SessionStore, toPromises } from "linxio-effect/stores/promiseStore"
import { redisStore } from "linxio-effect/stores/redis"
import { makeMemory } from "linxio-effect/stores/SessionStore"
import { webStore } from "linxio-effect/stores/web"
import { afterAll, beforeAll, describe, vi } from "vitest"
import { conforms } from "../support/conforms.ts"
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

describe("memoryStore", () => conforms(byName(() => memoryStore())))

describe("the memory of the engine", () => conforms(byName(() => toPromises(makeMemory()))))

describe("fileStore", () => {
  let root = ""
  beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), "linxio-"))))
  afterAll(() => rm(root, { recursive: true, force: true }))
  conforms((name) => fileStore({ directory: join(root, name) }))
})

describe("webStore in IndexedDB", () => {
  beforeAll(() => void vi.stubGlobal("indexedDB", new IDBFactory()))
  afterAll(() => void vi.unstubAllGlobals())
  conforms((key) => webStore({ key }))
})

describe("webStore in a web storage", () => {
  const storage = fakeStorage()
  conforms((key) => webStore({ key, storage }))
})

for (const convention of ["ioredis", "redis", "upstash"] as const) {
  describe(`redisStore with a client like ${convention}`, () => {
    const client = fakeRedis(convention)
    conforms((key) => redisStore({ client, key }))
  })
}

describe("encryptedStore", () => {
  const keys = [new Uint8Array(32).fill(7)]
  const inner = byName((): SessionStore => memoryStore())
  conforms((name) => encryptedStore(inner(name), { keys }))
})

describe("EncryptedSessionStore", () => {
  const keys = [new Uint8Array(32).fill(7)]
  const inner = byName(makeMemory)
  conforms((name) => Effect.runPromise(Effect.map(EncryptedSessionStore.make(inner(name), { keys }), toPromises)))
})
