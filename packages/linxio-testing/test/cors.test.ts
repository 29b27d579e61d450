/** The API for pages of another origin, asked as a browser asks. */
import { describe, expect, it } from "vitest"
import { credentials, servedForFile } from "./support.ts"

const origin = "http://localhost:5173"

const fake = await servedForFile()

const preflight = (path: string, method = "GET") =>
  fetch(fake.url + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type,x-own"
    }
  })

const fromPage = (path: string, init: RequestInit = {}) =>
  fetch(fake.baseUrl + path, { ...init, headers: { origin, "content-type": "application/json" } })

const login = (password: string) =>
  fromPage("/login", { method: "POST", body: JSON.stringify({ ...credentials, password }) })

describe("a preflight", () => {
  it("is answered 204 with the method and the headers that it asks for", async () => {
    const { headers, status } = await preflight("/api/vehicles/1", "DELETE")
    expect(status).toBe(204)
    expect(headers.get("access-control-allow-origin")).toBe(origin)
    expect(headers.get("access-control-allow-credentials")).toBe("true")
    expect(headers.get("access-control-allow-methods")).toBe("DELETE")
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type,x-own")
    expect(headers.get("vary")).toBe("Origin")
  })

  it("leaves no trace, and uses up no fault", async () => {
    fake.inject({ fault: "status", status: 503 })
    expect((await preflight("/api/login", "POST")).status).toBe(204)
    expect(fake.requests).toEqual([])
    expect((await login(credentials.password)).status).toBe(503)
    expect(fake.requests).toHaveLength(1)
  })

  it("of the control endpoint is refused", async () => {
    const { headers, status } = await preflight("/control/faults", "POST")
    expect([status, headers.get("access-control-allow-origin")]).toEqual([403, null])
  })

  it("is not what every OPTIONS is", async () => {
    expect((await fetch(`${fake.baseUrl}/login`, { method: "OPTIONS" })).status).toBe(405)
    expect((await fetch(`${fake.baseUrl}/login`, { method: "OPTIONS", headers: { origin } })).status).toBe(405)
    expect(fake.requests.map((request) => request.method)).toEqual(["OPTIONS", "OPTIONS"])
  })
})

describe("an answer", () => {
  it.each([
    ["a success", async () => login(credentials.password), 200],
    ["a refusal", async () => login("wrong"), 401],
    [
      "an error page",
      async () => {
        fake.inject({ fault: "html" })
        return login(credentials.password)
      },
      502
    ],
    ["a route that is not there", async () => fromPage("/nowhere"), 404]
  ])("may be read by the page that asked: %s", async (_, ask, expected) => {
    const { headers, status } = await ask()
    expect([status, headers.get("access-control-allow-origin")]).toEqual([expected, origin])
    expect(headers.get("access-control-allow-credentials")).toBe("true")
    expect(headers.get("vary")).toBe("Origin")
  })

  it("lets the page read every header that the SDK reads", async () => {
    fake.inject({ fault: "rate-limit", retryAfter: 2 })
    const { headers } = await login(credentials.password)
    const exposed = (headers.get("access-control-expose-headers") ?? "").toLowerCase().split(", ")
    expect(exposed).toEqual(["date", "retry-after", "x-request-id"])
    for (const name of exposed) expect(headers.get(name), name).toBeTruthy()
  })

  it("to a program that is no page says nothing of it", async () => {
    const { headers } = await fetch(`${fake.baseUrl}/me`)
    expect([...headers.keys()].filter((name) => name.startsWith("access-control") || name === "vary")).toEqual([])
  })
})
