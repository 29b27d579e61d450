/** The faults that answer in the application's place or spoil its answer, each by its name. */
import { describe, expect, it } from "vitest"
import { call, credentials, object, signIn, ways } from "./support.ts"

describe.each(ways)("%s", (_, start) => {
  it("status: the next calls of one endpoint get a status, in its envelope or with a body of your own", async () => {
    const { fake, wire } = await start()
    const { token } = await signIn(wire)
    fake.inject({ fault: "status", endpoint: "vehicles.count", status: 503, times: 2 })
    fake.inject({
      fault: "status",
      endpoint: "vehicles.count",
      status: 422,
      body: { error: "x", errors: { a: ["b"] } }
    })
    expect((await call(wire, "GET", "/me", { token })).status).toBe(200)
    for (let time = 0; time < 2; time++) {
      const response = await call(wire, "GET", "/vehicles/count", { token })
      expect(response.status).toBe(503)
      expect(await object(response)).toMatchObject({ errors: [{ code: 503, title: "Exception" }] })
    }
    const own = await call(wire, "GET", "/vehicles/count", { token })
    expect([own.status, await object(own)]).toEqual([422, { error: "x", errors: { a: ["b"] } }])
    expect((await call(wire, "GET", "/vehicles/count", { token })).status).toBe(200)
  })

  it("status: for any endpoint, it answers a path and a method that the contract does not know, too", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "status", endpoint: "any", status: 503 })
    expect((await call(wire, "GET", "/nowhere")).status).toBe(503)
    expect((await call(wire, "GET", "/nowhere")).status).toBe(404)
    fake.inject({ fault: "status", status: 502 })
    expect((await call(wire, "DELETE", "/me")).status).toBe(502)
    expect((await call(wire, "DELETE", "/me")).status).toBe(405)
    fake.inject({ fault: "status", endpoint: "me", status: 503 })
    expect((await call(wire, "GET", "/nowhere")).status).toBe(404)
    expect((await call(wire, "GET", "/me")).status).toBe(503)
    expect(fake.requests.map(({ fault }) => fault)).toEqual([
      "status",
      undefined,
      "status",
      undefined,
      undefined,
      "status"
    ])
  })

  it("html: a proxy's page comes instead of JSON", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "html", endpoint: "any" })
    fake.inject({ fault: "html", status: 400 })
    const response = await call(wire, "GET", "/me")
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"])
    expect(await response.text()).toMatch(/^<!doctype html>/)
    expect((await call(wire, "GET", "/me")).status).toBe(400)
  })

  it("rate-limit: 429 comes with Retry-After in seconds, as a date, or not at all", async () => {
    const now = Date.parse("2026-03-01T08:00:00Z")
    const { fake, wire } = await start({ clock: () => now })
    fake.inject({ fault: "rate-limit", retryAfter: 7 })
    fake.inject({ fault: "rate-limit", retryAfter: 7, as: "date" })
    fake.inject({ fault: "rate-limit" })
    const seen = []
    for (let time = 0; time < 3; time++) {
      const response = await call(wire, "GET", "/me")
      seen.push([response.status, response.headers.get("retry-after")])
    }
    expect(seen).toEqual([
      [429, "7"],
      [429, "Sun, 01 Mar 2026 08:00:07 GMT"],
      [429, null]
    ])
  })

  it("redirect: 307 points to a place of your choice, and the request is not processed", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "redirect", endpoint: "login", to: "https://elsewhere.test/login" })
    const response = await wire.fetch(`${wire.baseUrl}/login`, {
      method: "POST",
      body: JSON.stringify(credentials),
      redirect: "manual"
    })
    expect([response.status, response.headers.get("location")]).toEqual([307, "https://elsewhere.test/login"])
    expect(fake.requests).toHaveLength(1)
  })

  it("always-401: an endpoint refuses the best of bearers until it is told to stop", async () => {
    const { fake, wire } = await start()
    const { token } = await signIn(wire)
    fake.inject({ fault: "always-401", endpoint: "vehicles.count" })
    for (let time = 0; time < 3; time++) {
      expect((await call(wire, "GET", "/vehicles/count", { token })).status).toBe(401)
    }
    expect((await call(wire, "GET", "/me", { token })).status).toBe(200)
    expect(fake.wasted401s).toBe(3)
    fake.inject({ fault: "always-401", endpoint: "vehicles.count", on: false })
    expect((await call(wire, "GET", "/vehicles/count", { token })).status).toBe(200)
  })

  it("echo-secrets: error answers repeat what was sent, in JSON and in HTML; good answers do not", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "echo-secrets", on: true })
    const { token } = await signIn(wire)
    const refused = await call(wire, "POST", "/login", { body: { ...credentials, password: "hunter2" } })
    expect(await refused.text()).toContain("hunter2")
    fake.inject({ fault: "html" })
    const page = await call(wire, "GET", "/me", { token })
    expect(await page.text()).toContain(`Bearer ${token}`)
    fake.inject({ fault: "echo-secrets", on: false })
    expect(await (await call(wire, "POST", "/login", { body: { ...credentials, password: "hunter2" } })).text()).toBe(
      `{"code":401,"message":"Invalid credentials."}`
    )
  })

  it("latency: every answer takes its time, spread by the seed", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "latency", ms: 30, spread: 10 })
    const started = performance.now()
    expect((await call(wire, "GET", "/me")).status).toBe(401)
    expect(performance.now() - started).toBeGreaterThanOrEqual(19)
    fake.clearFaults()
    expect((await call(wire, "GET", "/me")).status).toBe(401)
  })
})
