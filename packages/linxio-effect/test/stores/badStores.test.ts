/** What a store meets in the field: folders that are none, files and keys of others, keys that do not fit, a browser's events. */
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encryptedStore } from "linxio-effect/stores/encrypted"
import { fileStore } from "linxio-effect/stores/file"
import { memoryStore } from "linxio-effect/stores/memory"
import { redisStore } from "linxio-effect/stores/redis"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"
import { webStore } from "linxio-effect/stores/web"
import { afterEach, describe, expect, it, vi } from "vitest"
import { fakeRedis, fakeStorage } from "../support/storeBackends.ts"

const record = (version: number): StoredRecord => ({
  version,
  epoch: 1,
  session: { token: "secret-token", refreshToken: "secret-refresh" },
  lease: null
})

const folders: Array<string> = []
const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), "linxio-"))
  folders.push(made)
  return made
}
afterEach(async () => {
  vi.unstubAllGlobals()
  for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true })
})

describe("fileStore", () => {
  it("keeps its files to their owner, and no secret in their names (S-11)", async () => {
    const directory = join(await folder(), "session")
    await fileStore({ directory }).swap(record(1), 0)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect(await readdir(directory)).toEqual(["1.json"])
    expect((await stat(join(directory, "1.json"))).mode & 0o777).toBe(0o600)
  })

  it("removes older versions, and what a process that was killed left behind (S-5)", async () => {
    const directory = await folder()
    const store = fileStore({ directory })
    await store.swap(record(1), 0)
    const draft = join(directory, "draft-of-a-process-that-was-killed")
    await writeFile(draft, "half")
    await utimes(draft, new Date(), new Date(Date.now() - 3_600_000))
    await store.swap(record(2), 1)
    expect(await readdir(directory)).toEqual(["2.json"])
  })

  it("loses to a higher version that was written since, although the file of its own is gone (S-3)", async () => {
    const directory = await folder()
    const [slow, quick] = [fileStore({ directory }), fileStore({ directory })]
    await quick.swap(record(1), 0)
    await quick.swap(record(2), 1)
    await quick.swap(record(3), 2)
    expect(await slow.swap(record(2), 1)).toBe(false)
    expect(await readdir(directory)).toEqual(["3.json"])
  })

  it.each([
    ["is not JSON", "not json"],
    ["is no session file", JSON.stringify({ hello: "world" })],
    ["is no session file of this version", JSON.stringify({ kind: "linxio-session/9", record: {} })],
    ["is not a session record", JSON.stringify({ kind: "linxio-session/2", record: { version: "1" } })]
  ])("never overwrites a file that %s (S-5)", async (because, content) => {
    const directory = await folder()
    await writeFile(join(directory, "1.json"), content)
    const store = fileStore({ directory })
    await expect(store.load()).rejects.toThrow(because)
    await expect(store.swap(record(2), 1)).rejects.toThrow(because)
    expect(await readFile(join(directory, "1.json"), "utf8")).toBe(content)
  })

  it("says that a folder is a file, and that one cannot be written to", async () => {
    const directory = await folder()
    const file = join(directory, "file")
    await writeFile(file, "")
    await expect(fileStore({ directory: file }).swap(record(1), 0)).rejects.toThrow(/ENOTDIR/)
    await expect(fileStore({ directory: join(directory, "missing", "deep") }).swap(record(1), 0)).rejects.toThrow(
      /ENOENT/
    )
    // Root may write anywhere.
    if (process.getuid?.() === 0) return
    await chmod(directory, 0o500)
    await expect(fileStore({ directory }).swap(record(1), 0)).rejects.toThrow(/EACCES/)
  })
})

describe("redisStore", () => {
  it("never overwrites a key that holds something else", async () => {
    const client = fakeRedis("ioredis")
    client.data.set("linxio:session", "not json")
    await expect(redisStore({ client }).load()).rejects.toThrow("no JSON")
    await expect(redisStore({ client }).swap(record(1), 0)).rejects.toThrow()
    expect(client.data.get("linxio:session")).toBe("not json")
  })

  it("takes a Redis that restarted empty for empty", async () => {
    const client = fakeRedis("redis")
    const store = redisStore({ client })
    await store.swap(record(1), 0)
    client.data.clear()
    expect(await store.load()).toBeNull()
    expect(await store.swap(record(5), 0)).toBe(true)
  })
})

describe("webStore", () => {
  it("tells other tabs by a channel, and hears them by the storage event too (S-12)", async () => {
    const events = new EventTarget()
    vi.stubGlobal("addEventListener", events.addEventListener.bind(events))
    vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events))
    const storage = fakeStorage()
    const [mine, other] = [webStore({ key: "k", storage }), webStore({ key: "k", storage })]
    let changes = 0
    const told = new Promise<void>((resolve) => {
      const stop = other.subscribe?.(() => {
        changes++
        if (changes === 2) {
          stop?.()
          resolve()
        }
      })
    })
    await mine.swap(record(1), 0)
    events.dispatchEvent(Object.assign(new Event("storage"), { key: "another" }))
    events.dispatchEvent(Object.assign(new Event("storage"), { key: "k" }))
    await told
    expect(changes).toBe(2)
  })

  it("compares and sets inside a Web Lock of its key, where there are Web Locks (S-1)", async () => {
    const asked: Array<string> = []
    const locks = { request: async (name: string, work: () => unknown) => (asked.push(name), work()) }
    vi.stubGlobal("navigator", { locks })
    expect(await webStore({ key: "k", storage: fakeStorage() }).swap(record(1), 0)).toBe(true)
    expect(asked).toEqual(["k"])
  })

  it("never overwrites an entry that is not JSON", async () => {
    const storage = fakeStorage()
    storage.setItem("k", "not json")
    const store = webStore({ key: "k", storage })
    expect(() => store.load()).toThrow("is not JSON")
    await expect(store.swap(record(1), 0)).rejects.toThrow("is not JSON")
    expect(storage.getItem("k")).toBe("not json")
  })
})

describe("encryptedStore", () => {
  const [old, current] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]

  it("shows no secret to the store, and gives the session back (S-11)", async () => {
    const inner = memoryStore()
    const store = encryptedStore(inner, { keys: [current] })
    await store.swap(record(1), 0)
    expect(JSON.stringify(await inner.load())).not.toContain("secret")
    expect(await store.load()).toEqual(record(1))
  })

  it("reads with every key and writes with the first, so that keys can be rotated (S-11)", async () => {
    const inner = memoryStore()
    await encryptedStore(inner, { keys: [old] }).swap(record(1), 0)
    const both = encryptedStore(inner, { keys: [btoa(String.fromCharCode(...current)), old] })
    expect(await both.load()).toEqual(record(1))
    await both.swap(record(2), 1)
    expect(await encryptedStore(inner, { keys: [current] }).load()).toEqual(record(2))
  })

  it("refuses a session that no key opens, or that was in the clear, and never overwrites it (S-11)", async () => {
    const inner = memoryStore()
    await encryptedStore(inner, { keys: [old] }).swap(record(1), 0)
    const before = await inner.load()
    const stranger = encryptedStore(inner, { keys: [current] })
    await expect(stranger.load()).rejects.toThrow("does not open with any of the keys")
    await expect(stranger.swap(record(2), 1)).rejects.toThrow("does not open with any of the keys")
    expect(await inner.load()).toEqual(before)
    const clear = memoryStore()
    await clear.swap(record(1), 0)
    await expect(encryptedStore(clear, { keys: [old] }).load()).rejects.toThrow("is not encrypted by this store")
  })

  it("opens no session of an earlier version in the place of the current one (S-3)", async () => {
    const inner = memoryStore()
    const store = encryptedStore(inner, { keys: [old] })
    await store.swap(record(1), 0)
    const earlier = await inner.load()
    await store.swap(record(2), 1)
    await inner.swap({ ...record(3), session: earlier?.session ?? null }, 2)
    await expect(store.load()).rejects.toThrow("does not open")
  })

  it("says nothing of a session in the clear that is not even an object (S-11)", async () => {
    const inner = memoryStore()
    await inner.swap({ ...record(1), session: "secret-token" as never }, 0)
    const failure = await Promise.resolve(encryptedStore(inner, { keys: [old] }).load()).catch(String)
    expect(failure).toContain("is not encrypted by this store")
    expect(failure).not.toContain("secret-token")
  })

  it.each([[[]], [[new Uint8Array(16)]], [["short"]], [["not base64!"]]])("refuses the keys %j", (keys) => {
    expect(() => encryptedStore(memoryStore(), { keys })).toThrow(TypeError)
  })

  it("refuses at once what is no key, and a key of another algorithm", async () => {
    const hmac = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])
    for (const key of [null, 7, {}, hmac])
      expect(() => encryptedStore(memoryStore(), { keys: [key as CryptoKey] })).toThrow(TypeError)
  })
})
