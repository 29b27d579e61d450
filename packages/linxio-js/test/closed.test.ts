/** A client after `close`: what can still be asked of it, and what it says of itself. */
import { inspect } from "node:util"
import type { SessionStore } from "linxio-js"
import { afterEach, describe, expect, it, vi } from "vitest"
import { clientOf, dataOf, serve, signedIn, started, until, virtualTime } from "./support.ts"

const tokens = { token: "a.b.c", refreshToken: "refresh-token" }
const nowhere = { baseUrl: "http://127.0.0.1:9/api" }

afterEach(() => void vi.useRealTimers())

describe("a closed client", () => {
  it("says that it is closed when it is printed, from the call of close on", async () => {
    const linxio = clientOf(nowhere, tokens)
    expect(inspect(linxio)).not.toContain("closed")
    const closing = linxio.close()
    for (const printed of [inspect(linxio), JSON.stringify(linxio)]) {
      expect(printed).toMatch(/"?closed"?: ?true/)
      expect(printed).toMatch(/"?state"?: ?['"]active['"]/)
      expect(printed).not.toContain("a.b.c")
    }
    await closing
    expect(inspect(linxio)).toContain("closed: true")
  })

  it("still gives the session that it ended with, and lets nobody change it", async () => {
    const linxio = clientOf(nowhere, tokens)
    await linxio.close()
    expect(linxio.session()).toEqual(tokens)
    expect(linxio.auth.health()).toMatchObject({ state: "active" })
    for (const input of [{ token: "d.e.f" }, null]) {
      expect(() => linxio.setSession(input)).toThrow("The Linxio client was closed")
    }
    expect(linxio.session()).toEqual(tokens)
  })

  it("tells an observer of the refresh that closing waits for, so that the new tokens can be stored", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const seen: Array<unknown> = []
    linxio.onSessionChange(({ session, type }) => void seen.push([type, session?.token]), { persist: true })
    fake.inject({ fault: "latency", ms: 50 })
    const time = virtualTime()
    const refresh = started(linxio.auth.refresh())
    await until(() => fake.requests.length === 1)
    await time.passUntil(linxio.close())
    expect((await refresh).error).toMatchObject({ reason: "closed" })
    expect(seen).toEqual([["refreshed", linxio.session()?.token]])
  })

  it("tells nobody anything more: not of a store that fails when closing has given up on it, and not who comes later", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    const never = () => new Promise<never>(() => undefined)
    const store: SessionStore = { load: () => null, swap: never, timeoutMs: 60_000 }
    const linxio = clientOf(nowhere, { store, timeoutMs: 60_000 })
    const seen: Array<string> = []
    linxio.onSessionChange(({ type }) => void seen.push(type))
    linxio.setSession(tokens)
    const closing = linxio.close()
    await vi.advanceTimersByTimeAsync(6_000)
    await closing
    const stop = linxio.onSessionChange(({ type }) => void seen.push(`late: ${type}`))
    await vi.advanceTimersByTimeAsync(120_000)
    expect(seen).toEqual(["signedIn"])
    expect(stop()).toBeUndefined()
  })

  it("may be closed again", async () => {
    const linxio = clientOf(nowhere)
    await Promise.all([linxio.close(), linxio.close()])
    await linxio.close()
    expect((await linxio.auth.me()).error).toMatchObject({ reason: "closed" })
  })

  it("is closed by await using, too", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    await dataOf(linxio.auth.me())
    await linxio[Symbol.asyncDispose]()
    expect(inspect(linxio)).toContain("closed: true")
  })
})
