/** What an observer of a client is told: calls, attempts, retries and refreshes, without a secret (F-29, F-30). */
import { AsyncLocalStorage } from "node:async_hooks"
import type { ClientEvent, LinxioClient } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import {
  clientOf,
  credentials,
  dataOf,
  nextTurn,
  rejectionOf,
  serve,
  signedIn,
  times,
  uncaught,
  until
} from "./support.ts"

/** Everything that a client tells from now on. */
const eventsOf = (linxio: LinxioClient): Array<ClientEvent> => {
  const events: Array<ClientEvent> = []
  linxio.observe((event) => void events.push(event))
  return events
}

const typesOf = (events: ReadonlyArray<ClientEvent>) => events.map(({ type }) => type)

const ended = (events: ReadonlyArray<ClientEvent>, count = 1) =>
  until(() => events.filter(({ type }) => type === "call").length === count)

describe("an observer", () => {
  it("is told when a call begins, of its attempt, and how it ended, with the request id of a success (F-30)", async () => {
    const linxio = await signedIn(await serve())
    const events = eventsOf(linxio)
    await linxio.request("GET", "/vehicles/count?secret=canary")
    await ended(events)
    const numbered = { id: 2, at: expect.any(Number) }
    const answered = {
      durationMs: expect.any(Number),
      method: "GET",
      path: "/api/vehicles/count",
      status: 200,
      requestId: expect.stringMatching(/./)
    }
    expect(events).toEqual([
      { ...numbered, id: expect.any(Number), type: "callStarted", name: "request" },
      { ...numbered, ...answered, id: expect.any(Number), type: "attempt", attempt: 1 },
      { ...numbered, ...answered, id: expect.any(Number), type: "call", name: "request", attempts: 1, waitedMs: 0 }
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(1)
  })

  it("is told of each retry: after which attempt, how long the wait is, and why (F-29)", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake, { retry: { delayMs: 1 } })
    const events = eventsOf(linxio)
    fake.inject({ fault: "status", endpoint: "vehicles.count", status: 503 })
    await linxio.request("GET", "/vehicles/count")
    await ended(events)
    expect(typesOf(events)).toEqual(["callStarted", "attempt", "retry", "attempt", "call"])
    expect(events[1]).toMatchObject({ attempt: 1, status: 503, errorType: "503" })
    expect(events[2]).toMatchObject({ attempt: 1, delayMs: expect.any(Number), error: { name: "LinxioApiError" } })
    expect(events[4]).toMatchObject({ attempts: 2, status: 200 })
    expect(events[4]).not.toHaveProperty("error")
  })

  it("is told of one refresh for many calls, of its attempt, and how long each call waited for it", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const events = eventsOf(linxio)
    fake.inject({ fault: "expire-access-tokens" })
    await Promise.all(times(3, () => linxio.request("GET", "/vehicles/count")))
    await ended(events, 3)
    const [started, another] = events.filter(({ type }) => type === "refreshStarted")
    expect(another).toBeUndefined()
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "attempt",
        id: started?.id,
        path: "/api/token/refresh",
        urlTemplate: "/token/refresh"
      })
    )
    expect(events).toContainEqual(
      expect.objectContaining({ type: "refresh", id: started?.id, attempts: 1, status: 200 })
    )
    const waits = events.flatMap((event) => (event.type === "call" ? [event.waitedMs] : []))
    expect(Math.max(...waits)).toBeGreaterThan(0)
  })

  it("is given the error that the call failed with, also where nothing was sent (F-29)", async () => {
    const linxio = clientOf(await serve())
    const events = eventsOf(linxio)
    const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
    const refused = await linxio.auth.login({ email: "", password: "" })
    await ended(events, 2)
    const calls = events.filter((event) => event.type === "call")
    expect(calls[0]).toMatchObject({ name: "request", attempts: 0, path: "/api/vehicles/count" })
    expect(calls[0]?.error).toBe(error)
    expect(calls[1]).toMatchObject({ name: "auth.login", attempts: 0 })
    expect(calls[1]?.error).toBe(refused.error)
    expect(calls[1]).not.toHaveProperty("path")
  })

  it("is told of a call that is aborted, and of the attempt that was under way", async () => {
    const fake = await serve()
    const linxio = await signedIn(fake)
    const events = eventsOf(linxio)
    fake.inject({ fault: "stall-headers" })
    const controller = new AbortController()
    const rejection = rejectionOf(linxio.request("GET", "/vehicles/count", { signal: controller.signal }))
    await until(() => fake.requests.length > 0)
    controller.abort()
    await rejection
    await ended(events)
    expect(events[1]).toMatchObject({ type: "attempt", errorType: "LinxioAbortError" })
    expect(events[2]).toMatchObject({ type: "call", error: { name: "LinxioAbortError" } })
  })

  it("is told no secret: no query, no token, no password (I-32)", async () => {
    const fake = await serve()
    const linxio = clientOf(fake)
    const events = eventsOf(linxio)
    const { refreshToken, token } = await dataOf(linxio.auth.login(credentials))
    fake.inject({ fault: "expire-access-tokens" })
    await linxio.request("GET", "/vehicles/count?key=canary", { query: { other: "canary" } })
    await rejectionOf(linxio.request("GET", "https://me:canary@linxio.test/x"))
    await ended(events, 3)
    for (const secret of ["canary", token, refreshToken, credentials.password]) {
      expect(JSON.stringify(events)).not.toContain(secret)
    }
  })

  it("that throws, rejects or never answers fails, delays and silences nothing (I-19)", async () => {
    const caught = uncaught()
    const linxio = await signedIn(await serve())
    linxio.observe(() => {
      throw new Error("the collector is full")
    })
    linxio.observe(() => Promise.reject(new Error("the collector is full")))
    linxio.observe(() => new Promise(() => {}))
    const events = eventsOf(linxio)
    expect(await linxio.request("GET", "/vehicles/count")).toEqual({ count: 3 })
    await ended(events)
    expect(typesOf(events)).toEqual(["callStarted", "attempt", "call"])
    await nextTurn()
    expect(caught).toEqual([])
  })

  it("is told nothing any more once it is stopped, and the same function can observe twice", async () => {
    const linxio = await signedIn(await serve())
    const seen: Array<ClientEvent> = []
    const listener = (event: ClientEvent) => void seen.push(event)
    const stops = [linxio.observe(listener), linxio.observe(listener)]
    stops[0]?.()
    await linxio.request("GET", "/vehicles/count")
    await ended(seen)
    expect(typesOf(seen)).toEqual(["callStarted", "attempt", "call"])
    stops[1]?.()
    await linxio.request("GET", "/vehicles/count")
    await nextTurn()
    expect(seen).toHaveLength(3)
  })

  it("is told of the beginning of a call in the caller's own async context, so that spans get their parents", async () => {
    const linxio = await signedIn(await serve())
    const storage = new AsyncLocalStorage<string>()
    const seen: Array<string | undefined> = []
    linxio.observe(({ type }) => type === "callStarted" && seen.push(storage.getStore()))
    await Promise.all(["a", "b"].map((who) => storage.run(who, () => linxio.request("GET", "/vehicles/count"))))
    expect(seen).toEqual(["a", "b"])
  })

  it("has to be a function", async () => {
    const linxio = clientOf(await serve())
    // @ts-expect-error what a caller without types may pass
    expect(() => linxio.observe({})).toThrow("listener")
  })

  it("gets a closed union, which narrows by its type", () => {
    expectTypeOf<ClientEvent["type"]>().toEqualTypeOf<
      "attempt" | "call" | "callStarted" | "refresh" | "refreshStarted" | "retry"
    >()
    expectTypeOf<Extract<ClientEvent, { type: "retry" }>["delayMs"]>().toEqualTypeOf<number>()
  })
})
