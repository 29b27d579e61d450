/** A request that brought no answer: the message says why, without a secret, and only what may pass by itself is tried again. */
import { LinxioNetworkError, LinxioValidationError } from "linxio-js"
import { describe, expect, it } from "vitest"
import { clientOf, rejectionOf } from "./support.ts"

const retry = { retries: 2, delayMs: 1 }
const baseUrl = "http://127.0.0.1:9/api"

/** A client whose `fetch` is the test's own, and how often it was called. */
const clientOn = (fetch: () => unknown) => {
  const calls: Array<unknown> = []
  const linxio = clientOf(
    { baseUrl },
    {
      token: "s3cr3t.bearer.token",
      refreshToken: "s3cr3t-refresh",
      retry,
      fetch: (async (...call: ReadonlyArray<unknown>) => {
        calls.push(call)
        return fetch()
      }) as never
    }
  )
  return { calls, linxio }
}

const failing = (cause: unknown) => () => {
  throw cause
}

describe("a fetch that gives something that is not a Response", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["the body", { count: 3 }],
    ["half a Response", { ok: true, status: 200, json: async () => ({ count: 3 }) }]
  ])("%s: the call fails with an error that says so, and is not made again", async (_, given) => {
    const { calls, linxio } = clientOn(() => given)
    const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(error).toMatchObject({
      retryable: false,
      message: "Invalid input: fetch resolved to something that is not a Response"
    })
    expect(calls).toHaveLength(1)
  })

  it("a refresh on it is not made again either", async () => {
    const { calls, linxio } = clientOn(() => ({}))
    const { error } = await linxio.auth.refresh()
    expect(error).toMatchObject({ name: "LinxioValidationError", issues: [{ field: "fetch" }] })
    expect(calls).toHaveLength(1)
  })
})

describe("a runtime that refuses the port", () => {
  it("is not asked again, and its words are in the message", async () => {
    const linxio = clientOf(
      { baseUrl: "http://127.0.0.1:10080/api" },
      { token: "a.b.c", retry: { retries: 9, delayMs: 60_000 }, fetch: globalThis.fetch.bind(globalThis) }
    )
    const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
    expect(error).toBeInstanceOf(LinxioValidationError)
    expect(error).toMatchObject({ message: "Invalid input: request cannot be sent: bad port", retryable: false })
  })
})

/** What the message ends with, unless the connection was there and broke (F-34). */
const hint = ". Check baseUrl, and that this machine reaches that address"

describe("a connection that brought no answer", () => {
  it.each<[string, unknown, string]>([
    ["the code of the runtime", Object.assign(new Error("read"), { code: "ECONNRESET" }), "ECONNRESET"],
    [
      "the innermost cause",
      new TypeError("fetch failed", { cause: new Error("other", { cause: new Error("the tunnel is closed") }) }),
      `the tunnel is closed${hint}`
    ],
    ["the error's own words where the cause has none", new Error("away", { cause: new Error("") }), `away${hint}`],
    ["text that was thrown", "no route", `no route${hint}`]
  ])("is retried, and the message ends with %s", async (_, cause, words) => {
    const { calls, linxio } = clientOn(failing(cause))
    const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
    expect(error).toBeInstanceOf(LinxioNetworkError)
    expect(error).toMatchObject({
      message: `No response from http://127.0.0.1:9 to GET /api/vehicles/count (3 attempts): ${words}`,
      retryable: true
    })
    expect(calls).toHaveLength(3)
  })

  it("has no words to add where nothing was said", async () => {
    const { linxio } = clientOn(failing(undefined))
    const error = await rejectionOf(linxio.request("GET", "/vehicles/count"))
    expect(error).toMatchObject({
      message: `No response from http://127.0.0.1:9 to GET /api/vehicles/count (3 attempts)${hint}`
    })
  })

  it("does not repeat a token, or the query of an address, that the runtime's words hold (I-32)", async () => {
    const { linxio } = clientOn(
      failing(
        new Error(`request to ${baseUrl}/vehicles?pin=4711#x failed with Bearer s3cr3t.bearer.token ${"x".repeat(500)}`)
      )
    )
    const error = await rejectionOf(linxio.request("GET", "/vehicles", { query: { pin: "4711" } }))
    const { message } = error as Error
    expect(message).toContain(`request to ${baseUrl}/vehicles failed with Bearer <redacted>`)
    expect(message).not.toMatch(/4711|s3cr3t/)
    expect(message.length).toBeLessThan(400)
  })
})
