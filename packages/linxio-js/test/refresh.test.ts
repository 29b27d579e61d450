/** Renewing the tokens over real sockets: how often it is done, and what its failures mean. */
import type { ClientOptions } from "linxio-js"
import type { ServedLinxio } from "linxio-testing"
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
  signedIn,
  started,
  tally,
  times,
  until,
  virtualTime
} from "./support.ts"

const count = { count: 3 }
const counted = JSON.stringify(count)
const get = "/vehicles/count"

const statusesOf = (fake: ServedLinxio, path: string) =>
  fake.requests.filter((request) => request.path === path).map(({ status }) => status)

/** Quick to try again, so that a test need not wait. */
const quick: ClientOptions = { retry: { retries: 3, delayMs: 1 } }

/** From now on the server answers nobody, until the function is called that this gives. Then all answers go out, in no time. */
const holdAnswers = (fake: ServedLinxio): (() => Promise<void>) => {
  fake.inject({ fault: "latency", ms: 100 })
  const time = virtualTime()
  return () => {
    fake.clearFaults()
    return time.pass(100)
  }
}

/** A busy machine may need minutes for a thousand calls. */
const busy = 600_000
const patient: ClientOptions = {
  timeoutMs: busy,
  deadlineMs: busy,
  refresh: { attemptTimeoutMs: busy, deadlineMs: busy }
}

describe("a thousand calls at once", { timeout: busy }, () => {
  it("with a token that is known to have expired: one refresh and not one wasted 401 (I-1, I-10)", async () => {
    const fake = await serve({ clock: () => Date.now() - 7_200_000, accessTokenLifetime: "1 hour" })
    const tokens = await openSession(fake)
    fake.clearRequestLog()
    const linxio = clientOf(fake, { ...tokens, ...patient })
    expect(await tally(times(1000, () => linxio.request("GET", get)))).toEqual({ [counted]: 1000 })
    expect(fake.refreshes).toBe(1)
    expect(fake.requests.length).toBe(1001)
    expect(fake.requests[0]?.path).toBe("/token/refresh")
  })

  it("with a token that the server has revoked: 2,001 requests, one of them a refresh (I-1, I-4, I-7)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    const answer = holdAnswers(fake)
    const calls = tally(times(1000, () => linxio.request("GET", get)))
    await until(() => fake.requests.length === 1000)
    await answer()
    expect(await calls).toEqual({ [counted]: 1000 })
    expect(fake.refreshes).toBe(1)
    expect(fake.wasted401s).toBe(1000)
    expect(fake.requests.length).toBe(2001)
  })

  it("of two clients that share their tokens: still one refresh, and both have the new tokens (I-1)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const tokens = await openSession(fake)
    fake.inject({ fault: "expire-access-tokens" })
    const clients = times(2, () => clientOf(fake, tokens))
    fake.clearRequestLog()
    const answer = holdAnswers(fake)
    const calls = tally(clients.flatMap((client) => times(100, () => client.request("GET", get))))
    await until(() => fake.requests.length === 200)
    await answer()
    expect(await calls).toEqual({ [counted]: 200 })
    expect(fake.refreshes).toBe(1)
    expect(fake.reusedRefreshTokens).toEqual([])
    expect(clients[0]?.session()).toEqual(clients[1]?.session())
    expect(clients[0]?.session()?.refreshToken).not.toBe(tokens.refreshToken)
  })
})

describe("one refresh for all", () => {
  it("a 401 that comes after the refresh is replayed with the new token and starts no other (I-4)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "vehicles.list", ms: 100 })
    const time = virtualTime()
    const straggler = started(linxio.request("GET", "/vehicles/fields/json"))
    await until(() => fake.requests.length === 1)
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    expect(await time.passUntil(straggler)).toMatchObject({ total: 3 })
    expect(fake.refreshes).toBe(1)
    expect(statusesOf(fake, "/vehicles/fields/json")).toEqual([401, 200])
  })

  it("the aborts of all who wait do not abort it, and the next call has its tokens (I-8, I-9)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 100 })
    const time = virtualTime()
    const controller = new AbortController()
    const calls = tally(times(5, () => linxio.request("GET", get, { signal: controller.signal })))
    await until(() => fake.refreshes === 1)
    controller.abort(new Error("enough"))
    expect(await calls).toEqual({ LinxioAbortError: 5 })
    expect(await time.passUntil(linxio.request("GET", get))).toEqual(count)
    expect(fake.refreshes).toBe(1)
    expect(fake.reusedRefreshTokens).toEqual([])
  })

  it("a time limit on waiting ends the wait and not the refresh (I-8, I-27)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 300 })
    const time = virtualTime()
    const call = rejectionOf(linxio.request("GET", get, { timeoutMs: 50 }))
    await until(() => fake.refreshes === 1)
    await time.pass(50)
    expect(await call).toMatchObject({ name: "LinxioTimeoutError", phase: "refresh", path: `/api${get}` })
    const refresh = errorOf(linxio.auth.refresh({ timeoutMs: 20 }))
    await nextTurn()
    await time.pass(20)
    expect(await refresh).toMatchObject({ name: "LinxioTimeoutError", phase: "refresh" })
    expect(await time.passUntil(linxio.request("GET", get))).toEqual(count)
    expect(fake.refreshes).toBe(1)
  })

  it("an endpoint that refuses every token costs one refresh, and the 401 goes to the caller (I-6, I-7)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "always-401", endpoint: "vehicles.count" })
    for (const _ of times(5, () => 0)) {
      expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({
        name: "LinxioAuthenticationError",
        status: 401
      })
    }
    expect(fake.refreshes).toBe(1)
    expect(statusesOf(fake, get)).toHaveLength(6)
    expect(await dataOf(linxio.auth.me())).toMatchObject({ id: 1 })
  })

  it("a refresh token that is replaced is used from then on (I-18)", async () => {
    const fake = await serve({ rotation: true, revokeFamilyOnReuse: true })
    const linxio = await signedIn(fake)
    for (const _ of times(3, () => 0)) {
      fake.inject({ fault: "expire-access-tokens" })
      await linxio.request("GET", get)
    }
    expect(fake.presentedRefreshTokens).toEqual(["r1", "r2", "r3"])
  })
})

describe("the session changes hands during a refresh", () => {
  const start = async () => {
    const other = { email: "second@example.test", password: "another password" }
    const fake = await serve({ accounts: [credentials, other] })
    const theirs = await openSession(fake, other)
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens", account: credentials.email })
    fake.inject({ fault: "slow-trickle", endpoint: "refresh", ms: 100 })
    const time = virtualTime()
    const call = started(linxio.request("GET", get))
    await until(() => fake.refreshes === 1)
    return { fake, linxio, call, theirs, other, time }
  }

  it("setSession: the new session stays, and the old call is not repeated under it (I-12, I-14)", async () => {
    const { call, fake, linxio, other, theirs, time } = await start()
    linxio.setSession(theirs)
    expect(await time.passUntil(rejectionOf(call))).toMatchObject({
      name: "LinxioAuthenticationError",
      reason: "SessionChanged"
    })
    expect(linxio.session()).toMatchObject(theirs)
    expect(await dataOf(linxio.auth.me())).toMatchObject({ email: other.email })
    expect(statusesOf(fake, get)).toEqual([401])
  })

  it("logout: the client stays signed out (I-12, I-16)", async () => {
    const { call, fake, linxio, time } = await start()
    await linxio.auth.logout()
    expect(await time.passUntil(rejectionOf(call))).toMatchObject({ reason: "SessionChanged" })
    expect(linxio.session()).toBeNull()
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "NotSignedIn" })
    expect(statusesOf(fake, get)).toEqual([401])
  })

  it("the same tokens set again change nothing: the refresh counts", async () => {
    const { call, fake, linxio, time } = await start()
    const { refreshToken, token } = linxio.session() ?? {}
    linxio.setSession({ token, refreshToken })
    expect(await time.passUntil(call)).toEqual(count)
    expect(fake.refreshes).toBe(1)
    expect(linxio.session()?.token).not.toBe(token)
  })
})

describe("a refresh that is refused", () => {
  it("ends the session, and then nothing is sent until somebody signs in (I-20, I-21)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "revoke-sessions" })
    const errors = await Promise.all(times(10, () => rejectionOf(linxio.request("GET", get))))
    for (const error of errors) {
      expect(error).toMatchObject({
        name: "LinxioAuthenticationError",
        reason: "SessionEnded",
        ended: { status: 400, ambiguous: false }
      })
    }
    expect(fake.refreshes).toBe(1)
    expect(linxio.session()).toBeNull()
    expect(linxio.auth.health()).toMatchObject({
      state: "ended",
      refreshable: false,
      ended: { cause: "refresh-denied" }
    })
    const before = fake.requests.length
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "SessionEnded" })
    expect(await errorOf(linxio.auth.me())).toMatchObject({ reason: "SessionEnded" })
    expect(await errorOf(linxio.auth.refresh())).toMatchObject({ reason: "SessionEnded" })
    expect(fake.requests).toHaveLength(before)
    await dataOf(linxio.auth.login(credentials))
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
  })

  it("fails no call whose access token still works (I-22)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    fake.inject({ fault: "revoke-refresh-tokens" })
    expect(await errorOf(linxio.auth.refresh())).toMatchObject({ reason: "SessionEnded" })
    await expect(linxio.request("GET", get)).resolves.toEqual(count)
    expect(linxio.auth.health()).toMatchObject({ state: "active", refreshable: false })
  })
})

describe("a refresh that fails is no end of the session (I-20)", () => {
  it.each<[string, Parameters<ServedLinxio["inject"]>[0], string]>([
    ["HTML with 400", { fault: "html", endpoint: "refresh", status: 400 }, "LinxioApiError"],
    ["HTML with 401", { fault: "html", endpoint: "refresh", status: 401 }, "LinxioApiError"],
    ["501", { fault: "status", endpoint: "refresh", status: 501 }, "LinxioApiError"],
    ["a 429 of a minute", { fault: "rate-limit", endpoint: "refresh", retryAfter: 60 }, "LinxioApiError"],
    ["204", { fault: "refresh-204" }, "LinxioDecodeError"],
    ["200 without a token", { fault: "refresh-without-token" }, "LinxioDecodeError"]
  ])(
    "%s: the session is kept, all who wait share the failure, and it is not repeated at once (I-5, I-23)",
    async (_, fault, name) => {
      const fake = await serve()
      const linxio = await signedIn(fake)
      const before = linxio.session()
      fake.inject({ fault: "expire-access-tokens" })
      fake.inject(fault)
      const errors = await Promise.all(times(10, () => rejectionOf(linxio.request("GET", get))))
      for (const error of errors) expect(error).toMatchObject({ name })
      expect(fake.refreshes).toBe(1)
      expect(linxio.session()).toEqual(before)
      expect(linxio.auth.health()).toMatchObject({
        state: "active",
        refreshable: true,
        lastRefreshFailure: { error: name }
      })
    }
  )

  it.each<[string, Parameters<ServedLinxio["inject"]>[0]]>([
    ["503", { fault: "status", endpoint: "refresh", status: 503 }],
    ["HTML with 502", { fault: "html", endpoint: "refresh" }],
    ["a reset", { fault: "reset", endpoint: "refresh" }],
    ["an answer that is lost", { fault: "lose-response", endpoint: "refresh" }]
  ])("%s: the same refresh is tried again, and no caller notices", async (_, fault) => {
    const fake = await serve()
    const linxio = await signedIn(fake, quick)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject(fault)
    expect(await tally(times(10, () => linxio.request("GET", get)))).toEqual({ [counted]: 10 })
    expect(fake.presentedRefreshTokens).toEqual(["r1", "r1"])
  })

  it.each(["stall-headers", "stall-body"] as const)(
    "%s: one attempt takes timeoutMs at most, and the next brings the tokens (I-27)",
    async (fault) => {
      const fake = await serve()
      const linxio = await signedIn(fake, { timeoutMs: 5000, deadlineMs: 600_000 })
      fake.inject({ fault: "expire-access-tokens" })
      fake.inject({ fault, endpoint: "refresh" })
      const time = virtualTime()
      const call = started(linxio.request("GET", get, { timeoutMs: 600_000 }))
      await until(() => fake.refreshes === 1)
      await time.pass(5000)
      expect(await time.passUntil(call)).toEqual(count)
      expect(fake.refreshes).toBe(2)
    }
  )

  it("a rotation whose answer is lost ends the session, and says that it may not have been revoked", async () => {
    const fake = await serve({ rotation: true })
    const linxio = await signedIn(fake)
    fake.inject({ fault: "expire-access-tokens" })
    fake.inject({ fault: "lose-response", endpoint: "refresh" })
    expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({
      reason: "SessionEnded",
      ended: { ambiguous: true }
    })
    expect(fake.presentedRefreshTokens).toEqual(["r1", "r1"])
  })
})
