/** A session that outlives its process: when the store is asked, and what its failures mean. */
import type { SessionChange, SessionStore, StoredRecord, StoredSession } from "linxio-js"
import { LinxioConfigurationError, LinxioStoreError } from "linxio-js"
import { fileStore } from "linxio-js/stores/file"
import { memoryStore } from "linxio-js/stores/memory"
import { describe, expect, it } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  errorOf,
  nextTurn,
  openSession,
  rejectionOf,
  serve,
  uncaught,
  until
} from "./support.ts"

const get = "/vehicles/count"
const count = { count: 3 }

/** A store in memory that writes down what is asked of it. */
const recorder = (session?: StoredSession) => {
  const asked: Array<string> = []
  const held: { record: StoredRecord | null } = {
    record: session ? { version: 1, epoch: 1, session, lease: null } : null
  }
  const store: SessionStore = {
    load: async () => {
      asked.push("load")
      return held.record
    },
    swap: async (next, expected) => {
      asked.push("swap")
      if ((held.record?.version ?? 0) !== expected) return false
      held.record = next
      return true
    }
  }
  return { asked, held, store }
}

const failing = () => {
  throw new Error("the disk is full")
}

describe("a store", () => {
  it("is read before the first request and not before; a restored session needs no login", async () => {
    const fake = await serve()
    const tokens = await openSession(fake)
    fake.clearRequestLog()
    const { asked, store } = recorder(tokens)
    const linxio = clientOf(fake, { store })
    expect(linxio.session()).toBeNull()
    expect(asked).toEqual([])
    await Promise.all([linxio.request("GET", get), linxio.request("GET", get)])
    expect(asked).toEqual(["load"])
    expect(linxio.session()).toMatchObject(tokens)
    expect(fake.requests.map(({ path }) => path)).toEqual([get, get])
  })

  it("has the rotated session before any caller goes on", async () => {
    const fake = await serve({ rotation: true })
    const { held, store } = recorder(await openSession(fake))
    let save: () => void = () => undefined
    const saving = new Promise<void>((resolve) => void (save = resolve))
    let isSaving = false
    const linxio = clientOf(fake, {
      store: {
        ...store,
        swap: async (next, expected) => {
          if (next.lease) return store.swap(next, expected)
          isSaving = true
          await saving
          return store.swap(next, expected)
        }
      }
    })
    fake.inject({ fault: "expire-access-tokens" })
    const call = linxio.request("GET", get)
    await until(() => isSaving)
    await nextTurn()
    expect(fake.requests.filter(({ path, status }) => path === get && status === 200)).toEqual([])
    save()
    await expect(call).resolves.toEqual(count)
    expect(held.record).toMatchObject({ lease: null, session: { refreshToken: linxio.session()?.refreshToken } })
  })

  it("keeps the session of a login, and is emptied by a logout", async () => {
    const fake = await serve()
    const { held, store } = recorder()
    const linxio = clientOf(fake, { store })
    const { refreshToken, token } = await dataOf(linxio.auth.login(credentials))
    expect(held.record).toMatchObject({ version: 1, epoch: 1, lease: null, session: { token, refreshToken } })
    await dataOf(linxio.auth.logout())
    expect(held.record).toMatchObject({ version: 2, epoch: 2, lease: null, session: null })
  })

  it("that another process has written newer tokens to is adopted instead of refreshing (S-2)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const { held, store } = recorder(await openSession(fake))
    // As two processes: each with a store object and a fetch of its own.
    const process = () => clientOf(fake, { store: { ...store }, fetch: (...given) => fetch(...given) })
    const [first, second] = [process(), process()]
    await Promise.all([first.request("GET", get), second.request("GET", get)])
    const changes: Array<string> = []
    second.onSessionChange(({ type }) => void changes.push(type))
    fake.inject({ fault: "expire-access-tokens" })
    await expect(first.request("GET", get)).resolves.toEqual(count)
    await expect(second.request("GET", get)).resolves.toEqual(count)
    expect(fake.refreshes).toBe(1)
    expect(fake.reusedRefreshTokens).toEqual([])
    expect(second.session()?.refreshToken).toBe(held.record?.session?.refreshToken)
    await until(() => changes.length > 0)
    expect(changes).toEqual(["adopted"])
  })
})

describe("two clients of one process on one memoryStore", () => {
  it("share a session: a sign-in, a refresh and a sign-out of one is the other's as well (S-6, S-12)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const store = memoryStore()
    const [first, second] = [clientOf(fake, { store }), clientOf(fake, { store })]
    await dataOf(first.auth.login(credentials))
    await expect(second.request("GET", get)).resolves.toEqual(count)
    fake.inject({ fault: "expire-access-tokens" })
    await Promise.all([first, second, first, second].map((client) => client.request("GET", get)))
    expect([fake.logins, fake.refreshes, fake.reusedRefreshTokens]).toEqual([1, 1, []])
    expect(second.session()).toEqual(first.session())
    await dataOf(second.auth.logout())
    fake.inject({ fault: "expire-access-tokens" })
    expect(await rejectionOf(first.request("GET", get))).toMatchObject({ reason: "SignedOutElsewhere" })
  })
})

describe("a store that fails", () => {
  const never = () => new Promise<never>(() => undefined)

  it.each<[string, Partial<SessionStore>]>([
    ["throws", { swap: failing }],
    ["rejects", { swap: async () => failing() }],
    ["hangs", { swap: never, timeoutMs: 50 }],
    ["does not say whether it wrote", { swap: () => undefined as never }]
  ])("as its swap %s fails no call, is announced once, and the session stays in memory (S-9)", async (_, broken) => {
    const rejections = uncaught()
    const fake = await serve()
    const changes: Array<SessionChange> = []
    const linxio = clientOf(fake, { store: { ...recorder().store, ...broken } })
    linxio.onSessionChange((change) => void changes.push(change))
    const { token } = await dataOf(linxio.auth.login(credentials))
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    await until(() => changes.length >= 2)
    expect(changes.map(({ type }) => type)).toEqual(["signedIn", "storeFailed"])
    expect(JSON.stringify(changes)).not.toContain(token)
    expect(linxio.session()?.token).toBe(token)
    expect(rejections).toEqual([])
  })

  it.each<[string, SessionStore["load"]]>([
    ["throws", failing],
    ["rejects", async () => failing()],
    ["gives text", () => "corrupt" as never],
    ["gives a list", () => [] as never],
    ["gives an empty object", () => ({}) as never],
    ["gives a session without a record", () => ({ token: "a", refreshToken: "b" }) as never],
    ["gives a version that is none", () => ({ version: "1", epoch: 1, session: null, lease: null }) as never],
    ["gives a lease that is none", () => ({ version: 1, epoch: 1, session: null, lease: "mine" }) as never]
  ])("as its load %s fails the request with its own error, sends nothing, and is not overwritten", async (_, load) => {
    const fake = await serve()
    const { asked, store } = recorder()
    const linxio = clientOf(fake, { store: { ...store, load } })
    const error = await rejectionOf(linxio.request("GET", get))
    expect(error).toBeInstanceOf(LinxioStoreError)
    expect(error).toMatchObject({ name: "LinxioStoreError", operation: "load", retryable: true })
    expect(await errorOf(linxio.auth.me())).toBeInstanceOf(LinxioStoreError)
    expect(fake.requests).toEqual([])
    expect(asked).toEqual([])
  })

  it("since before the sign-in lets the client that signed in refresh alone, and is announced once (S-9)", async () => {
    for (const broken of [{ swap: failing }, { load: failing }, { load: failing, swap: failing }]) {
      const fake = await serve()
      const linxio = clientOf(fake, { store: { ...recorder().store, ...broken } })
      const failures: Array<string> = []
      linxio.onSessionChange((change) => void (change.type === "storeFailed" && failures.push(change.message)))
      await dataOf(linxio.auth.login(credentials))
      fake.inject({ fault: "expire-access-tokens" })
      await expect(linxio.request("GET", get)).resolves.toEqual(count)
      expect(fake.refreshes).toBe(1)
      expect(failures.length).toBeLessThanOrEqual(1)
    }
  })

  it("as it is no folder is refused when the store is made", () => {
    for (const options of [
      undefined,
      {},
      { directory: "" },
      { directory: undefined },
      { directory: 5 },
      { directory: "~/linxio" }
    ]) {
      expect(() => fileStore(options as never)).toThrow(/directory/)
    }
  })

  it("as it has no swap is refused when the client is made", async () => {
    const fake = await serve()
    for (const store of [{ load: () => null }, { load: () => null, swap: "yes" }, { swap: () => true }]) {
      expect(() => clientOf(fake, { store: store as never })).toThrow(LinxioConfigurationError)
    }
  })
})
