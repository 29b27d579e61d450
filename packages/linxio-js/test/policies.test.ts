/** The policies of a client that are set with plain numbers: its refreshes, its retry budget, its warnings. */
import { LinxioApiError, LinxioTimeoutError, type SessionChange } from "linxio-js"
import { describe, expect, it } from "vitest"
import { dataOf, errorOf, rejectionOf, serve, signedIn, started, until, virtualTime } from "./support.ts"

const get = "/vehicles/count"

describe("refresh", () => {
  it("deadlineMs ends a refresh that is not answered, for whoever waits, and the next call begins another", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { refresh: { deadlineMs: 5000 } })
    fake.inject({ fault: "stall-headers", endpoint: "refresh" })
    const time = virtualTime()
    const refresh = errorOf(linxio.auth.refresh())
    await until(() => fake.requests.length === 1)
    await time.pass(5000)
    const error = await refresh
    expect(error).toBeInstanceOf(LinxioTimeoutError)
    expect(error).toMatchObject({ phase: "refresh", timeoutMs: 5000 })
    expect(await time.passUntil(dataOf(linxio.auth.refresh()))).toMatchObject({ token: expect.any(String) })
  })

  it("attemptTimeoutMs ends one attempt, and the next one of the same refresh may succeed", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, {
      refresh: { attemptTimeoutMs: 60_000, deadlineMs: 600_000 },
      deadlineMs: 600_000
    })
    fake.inject({ fault: "stall-headers", endpoint: "refresh" })
    fake.inject({ fault: "expire-access-tokens" })
    const time = virtualTime()
    const call = started(linxio.request("GET", get, { timeoutMs: 600_000 }))
    await until(() => fake.requests.length === 2)
    await time.pass(60_000)
    expect(await time.passUntil(call)).toEqual({ count: 3 })
    expect(fake.requests.filter(({ path }) => path === "/token/refresh")).toHaveLength(2)
  })
})

describe("retryBudget", () => {
  it("of 0 leaves no retry, also after a success, and the error says so", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { retryBudget: 0, retry: { delayMs: 1 } })
    fake.inject({ fault: "status", status: 503, endpoint: "vehicles.count", times: 3 })
    await dataOf(linxio.auth.me())
    const error = await rejectionOf(linxio.request("GET", get))
    expect(error).toBeInstanceOf(LinxioApiError)
    expect(error).toMatchObject({ attempts: 1, retryBudgetExhausted: true })
  })
})

describe("expiryWarningsMs", () => {
  it("says how long before its end the refresh token is announced, and an empty list announces nothing", async () => {
    const fake = await serve({ refreshTokenLifetime: "30 days" })
    const seen: Array<SessionChange> = []
    for (const expiryWarningsMs of [[], [24 * 86_400_000], [24.8 * 86_400_000, 86_400_000]]) {
      const linxio = await signedIn(fake, { expiryWarningsMs })
      linxio.onSessionChange((change) => void seen.push(change))
      await linxio.request("GET", get)
    }
    const soon = await serve({ refreshTokenLifetime: "2 days" })
    const linxio = await signedIn(soon, { expiryWarningsMs: [3 * 86_400_000] })
    linxio.onSessionChange((change) => void seen.push(change))
    await linxio.request("GET", get)
    await until(() => seen.length > 0)
    expect(seen.map(({ type }) => type)).toEqual(["sessionExpiring"])
  })
})
