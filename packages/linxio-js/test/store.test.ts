/** A session that outlives its process: when the store is asked, and what its failures mean. */
import type { SessionChange, SessionStore, StoredSession } from "linxio-js"
import { LinxioStoreError } from "linxio-js"
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
  started,
  uncaught,
  until,
  virtualTime
} from "./support.ts"

const get = "/vehicles/count"
const count = { count: 3 }

/** A store in memory that writes down what is asked of it. */
const recorder = (stored?: StoredSession) => {
  const asked: Array<string> = []
  const held = { session: stored }
  const store: SessionStore = {
    load: async () => {
      asked.push("load")
      return held.session
    },
    save: async (next, expectedPrevious) => {
      asked.push("save")
      if (held.session?.refreshToken !== expectedPrevious) return false
      held.session = next
      return true
    },
    clear: async () => {
      asked.push("clear")
      held.session = undefined
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
    fake.clearEvidence()
    const { asked, store } = recorder(tokens)
    const linxio = clientOf(fake, { store })
    expect(linxio.session()).toBeNull()
    expect(asked).toEqual([])
    await Promise.all([linxio.request("GET", get), linxio.request("GET", get)])
    expect(asked).toEqual(["load"])
    expect(linxio.session()).toMatchObject(tokens)
    expect(fake.requests.map(({ path }) => path)).toEqual([get, get])
  })

  it("has the rotated session before any caller goes on (I-34)", async () => {
    const fake = await serve({ rotation: true })
    const { held, store } = recorder(await openSession(fake))
    let save: () => void = () => undefined
    const saving = new Promise<void>((resolve) => void (save = resolve))
    let isSaving = false
    const linxio = clientOf(fake, {
      store: {
        ...store,
        save: async (...given) => {
          isSaving = true
          await saving
          return store.save(...given)
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
    expect(held.session?.refreshToken).toBe(linxio.session()?.refreshToken)
  })

  it("keeps the session of a login, and is emptied by a logout", async () => {
    const fake = await serve()
    const { held, store } = recorder()
    const linxio = clientOf(fake, { store })
    const { refreshToken, token } = await dataOf(linxio.auth.login(credentials))
    expect(held.session).toMatchObject({ token, refreshToken, obtainedAt: expect.any(Number) })
    await dataOf(linxio.auth.logout())
    expect(held.session).toBeUndefined()
  })

  it("that another process has written newer tokens to is adopted instead of refreshing (I-34)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const { held, store } = recorder(await openSession(fake))
    const [first, second] = [clientOf(fake, { store }), clientOf(fake, { store, fetch: (...given) => fetch(...given) })]
    await Promise.all([first.request("GET", get), second.request("GET", get)])
    fake.inject({ fault: "expire-access-tokens" })
    await expect(first.request("GET", get)).resolves.toEqual(count)
    await expect(second.request("GET", get)).resolves.toEqual(count)
    expect(fake.refreshes).toBe(1)
    expect(fake.reusedRefreshTokens).toEqual([])
    expect(second.session()?.refreshToken).toBe(held.session?.refreshToken)
  })

  it("that fails to save fails no call: it is announced, and the session stays in memory", async () => {
    const rejections = uncaught()
    const fake = await serve()
    const changes: Array<SessionChange> = []
    for (const save of [failing, async () => failing()]) {
      const linxio = clientOf(fake, { store: { ...recorder().store, save } })
      linxio.onSessionChange((change) => void changes.push(change))
      await dataOf(linxio.auth.login(credentials))
      await expect(linxio.request("GET", get)).resolves.toEqual(count)
      await dataOf(linxio.auth.refresh())
      linxio.setSession({ token: "a.b.c", refreshToken: null })
    }
    await until(() => changes.filter(({ type }) => type === "storeFailed").length === 6)
    expect(changes.find(({ type }) => type === "storeFailed")?.message).toContain("the disk is full")
    expect(rejections).toEqual([])
  })

  it.each<[string, SessionStore["load"]]>([
    ["throws", failing],
    ["rejects", async () => failing()],
    ["gives text", () => "corrupt" as never],
    ["gives a list", () => [] as never],
    ["gives an empty object", () => ({})],
    ["gives a token with a line break", () => ({ token: "line\nbreak" })]
  ])("whose load %s fails the request with its own error, sends nothing, and is not overwritten", async (_, load) => {
    const fake = await serve()
    const { asked, store } = recorder()
    const linxio = clientOf(fake, { store: { ...store, load } })
    const error = await rejectionOf(linxio.request("GET", get))
    expect(error).toBeInstanceOf(LinxioStoreError)
    expect(error).toMatchObject({ name: "LinxioStoreError", operation: "load" })
    expect(await errorOf(linxio.auth.me())).toBeInstanceOf(LinxioStoreError)
    expect(fake.requests).toEqual([])
    expect(asked).toEqual([])
  })

  it("gets a lock around each refresh, if it has one", async () => {
    const fake = await serve()
    const { asked, store } = recorder(await openSession(fake))
    const lock: SessionStore["lock"] = async (work) => {
      asked.push("lock")
      const result = await work()
      asked.push("unlock")
      return result
    }
    const linxio = clientOf(fake, { store: { ...store, lock } })
    await linxio.request("GET", get)
    asked.length = 0
    fake.inject({ fault: "expire-access-tokens" })
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    expect(asked).toEqual(["lock", "load", "save", "unlock"])
  })
})

describe("a lock", () => {
  const start = async (lock: unknown) => {
    const fake = await serve()
    const { held, store } = recorder(await openSession(fake))
    const linxio = clientOf(fake, { store: { ...store, lock: lock as never } })
    fake.inject({ fault: "expire-access-tokens" })
    return { fake, held, linxio }
  }

  it.each<[string, (work: () => Promise<unknown>) => unknown]>([
    ["that forgets to hand the result on", async (work) => void (await work())],
    ["that cannot be given back", async (work) => Promise.reject(new Error(`not given back: ${typeof (await work())}`))]
  ])("%s does not fail the refresh that it held", async (_, lock) => {
    const { fake, held, linxio } = await start(lock)
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    expect(fake.refreshes).toBe(1)
    expect(held.session?.token).toBe(linxio.session()?.token)
  })

  it.each<[string, () => unknown]>([
    ["that cannot be had", failing],
    ["that does not run the work", () => undefined]
  ])("%s fails the refresh with its own error, before anything is sent", async (_, lock) => {
    const { fake, linxio } = await start(lock)
    expect(await errorOf(linxio.auth.refresh())).toMatchObject({ name: "LinxioStoreError", operation: "lock" })
    expect(fake.refreshes).toBe(0)
  })
})

describe("a store that never answers", () => {
  const never = () => new Promise<never>(() => undefined)

  it("to load holds a call up for no longer than its limits (I-27)", async () => {
    const fake = await serve()
    const linxio = clientOf(fake, { store: { ...recorder().store, load: never } })
    const time = virtualTime()
    for (const limit of [{ timeoutMs: 50 }, { deadlineMs: 50 }]) {
      const call = rejectionOf(linxio.request("GET", get, limit))
      await nextTurn()
      await time.pass(50)
      expect(await call).toMatchObject({ name: "LinxioTimeoutError" })
    }
    expect(fake.requests).toEqual([])
  })

  it("to save holds a login or a refresh up for no longer than the client's timeoutMs, and fails neither (I-27)", async () => {
    const fake = await serve()
    let saves = 0
    const save = () => {
      saves++
      return never()
    }
    const linxio = clientOf(fake, { timeoutMs: 60_000, store: { ...recorder().store, save } })
    const messages: Array<string | undefined> = []
    linxio.onSessionChange(({ message, type }) => void (type === "storeFailed" && messages.push(message)))
    const time = virtualTime()
    const login = dataOf(linxio.auth.login(credentials))
    await until(() => saves === 1)
    await time.pass(60_000)
    await login
    fake.inject({ fault: "expire-access-tokens" })
    const call = started(linxio.request("GET", get, { timeoutMs: 600_000, deadlineMs: 600_000 }))
    await until(() => saves === 2)
    await time.pass(60_000)
    expect(await call).toEqual(count)
    await until(() => messages.length === 2)
    expect(messages[0]).toContain("no answer within 60000 ms")
    expect(fake.refreshes).toBe(1)
  })

  it("to clear does not keep a logout from reaching Linxio (I-16)", async () => {
    const fake = await serve()
    let clears = 0
    const clear = () => {
      clears++
      return never()
    }
    const linxio = clientOf(fake, { timeoutMs: 60_000, store: { ...recorder().store, clear } })
    await dataOf(linxio.auth.login(credentials))
    const time = virtualTime()
    const logout = started(linxio.auth.logout())
    await until(() => clears === 1)
    await time.pass(60_000)
    expect(await logout).toEqual({ data: null, error: null })
    expect(fake.requests.at(-1)).toMatchObject({ path: "/logout", token: "valid", status: 200 })
  })
})

describe("a store and the ends of a client", () => {
  it("refresh begins with the stored session", async () => {
    const fake = await serve({ rotation: true })
    const { held, store } = recorder(await openSession(fake))
    const { refreshToken } = held.session ?? {}
    const linxio = clientOf(fake, { store })
    const renewed = await dataOf(linxio.auth.refresh())
    expect(renewed.refreshToken).not.toBe(refreshToken)
    expect(held.session?.refreshToken).toBe(renewed.refreshToken)
  })

  it("close waits until a session that was just set is saved", async () => {
    const { held, store } = recorder()
    const linxio = clientOf({ baseUrl: "http://127.0.0.1:9/api" }, { store })
    linxio.setSession({ token: "a.b.c", refreshToken: "refresh-token" })
    await linxio.close()
    expect(held.session).toMatchObject({ token: "a.b.c", refreshToken: "refresh-token" })
  })
})
