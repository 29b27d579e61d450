/** The control endpoint of the port server, driven as `curl` would. */
import { faultNames } from "linxio-testing"
import type { Fault, FaultName } from "linxio-testing"
import { answer } from "../src/control/controlApi.ts"
import { resolve } from "../src/state/settings.ts"
import { StateCell } from "../src/state/serverState.ts"
import { request } from "node:http"
import { describe, expect, it } from "vitest"
import { call, object, overSocket, refresh, servedForFile, signIn } from "./support.ts"

const fake = await servedForFile()

const control = (method: string, path: string, body?: string) =>
  fetch(`${fake.url}/control/${path}`, { method, ...(body === undefined ? {} : { body }) })

const inject = (fault: unknown) => control("POST", "faults", JSON.stringify(fault))

/** What becomes of a value on its way through JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** One of each, with every member that it needs. */
const samples: { readonly [Name in FaultName]: Extract<Fault, { readonly fault: Name }> } = {
  "expire-access-tokens": { fault: "expire-access-tokens" },
  "revoke-refresh-tokens": { fault: "revoke-refresh-tokens", account: "fleet@example.test" },
  "revoke-sessions": { fault: "revoke-sessions" },
  rotation: { fault: "rotation", on: true },
  "clock-skew": { fault: "clock-skew", ms: -5000 },
  latency: { fault: "latency", ms: 20, spread: 10 },
  "echo-secrets": { fault: "echo-secrets", on: true },
  "always-401": { fault: "always-401", endpoint: "me" },
  "lose-response": { fault: "lose-response", how: "stall" },
  status: { fault: "status", status: 503, endpoint: "refresh", times: 2 },
  html: { fault: "html" },
  reset: { fault: "reset", endpoint: "any" },
  "stall-headers": { fault: "stall-headers" },
  "stall-body": { fault: "stall-body" },
  "slow-trickle": { fault: "slow-trickle", ms: 10 },
  "rate-limit": { fault: "rate-limit", retryAfter: 1, as: "date" },
  redirect: { fault: "redirect", to: "https://example.test/" },
  "refresh-204": { fault: "refresh-204" },
  "refresh-without-token": { fault: "refresh-without-token" },
  "refresh-unchanged": { fault: "refresh-unchanged", times: 3 }
}

describe("POST /control/faults", () => {
  it.each(faultNames.map((name) => samples[name]))("puts $fault in force", async (fault) => {
    const response = await inject(fault)
    expect([response.status, await response.json()]).toEqual([200, { injected: fault }])
    expect(fake.timeline()).toContain(`--    ${fault.fault}`)
  })

  it("does to the next requests what the fault says", async () => {
    const wire = overSocket(fake)
    const { refreshToken, token } = await signIn(wire)
    await inject({ fault: "expire-access-tokens" })
    await inject({ fault: "status", endpoint: "refresh", status: 503 })
    expect((await call(wire, "GET", "/me", { token })).status).toBe(401)
    expect((await refresh(wire, refreshToken)).status).toBe(503)
    expect((await refresh(wire, refreshToken)).status).toBe(200)
  })

  it.each<[what: string, body: string, reason: RegExp]>([
    ["no JSON", "fault=reset", /not JSON/],
    ["an unknown name", `{"fault":"explode"}`, /^Fault "explode": is not one of expire-access-tokens, /],
    ["no name", `{}`, /is not one of/],
    ["a list", `[{"fault":"reset"}]`, /is not one of/],
    ["an unknown endpoint", `{"fault":"reset","endpoint":"drivers"}`, /^Fault "reset": .*endpoint/],
    ["an unknown member", `{"fault":"reset","after":2}`, /^Fault "reset": .*after/],
    ["a count that is none", `{"fault":"reset","times":0}`, /^Fault "reset": .*times/]
  ])("refuses %s with 400 and the reason, and changes nothing", async (_, body, reason) => {
    const response = await control("POST", "faults", body)
    expect(response.status).toBe(400)
    expect((await object(response))["error"]).toMatch(reason)
    expect((await signIn(overSocket(fake))).token).toBeTruthy()
  })
})

describe("the control endpoint", () => {
  it("names every fault", async () => {
    expect(await object(control("GET", "faults"))).toEqual({ faults: faultNames })
  })

  it("clears the faults that wait", async () => {
    await inject({ fault: "reset", times: 9 })
    expect((await control("DELETE", "faults")).status).toBe(204)
    expect((await signIn(overSocket(fake))).token).toBeTruthy()
  })

  it("returns the request log, whole or of one account, and clears it", async () => {
    await signIn(overSocket(fake))
    await call(overSocket(fake), "POST", "/login", { body: { email: "other@example.test", password: "wrong" } })
    const all = await object(control("GET", "requests"))
    expect(all).toMatchObject({ logins: 2, refreshes: 0, wasted401s: 0, requests: plain(fake.requests) })
    const one = await object(control("GET", "requests?account=other%40example.test"))
    expect(one["requests"]).toEqual(plain(fake.requestsBy("other@example.test")))
    expect((await control("DELETE", "requests")).status).toBe(204)
    expect(await object(control("GET", "requests"))).toMatchObject({ logins: 0, requests: [] })
  })

  it("gives the timeline as text", async () => {
    await signIn(overSocket(fake))
    const response = await control("GET", "timeline")
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8")
    expect(await response.text()).toBe(`${fake.timeline()}\n`)
  })

  it("shows no secret anywhere", async () => {
    const { refreshToken } = await signIn(overSocket(fake))
    await refresh(overSocket(fake), refreshToken)
    const paths = [
      "control/state",
      "control/requests",
      "control/timeline",
      "control/faults",
      "",
      "docs",
      "openapi.json"
    ]
    const shown = await Promise.all(paths.map(async (path) => (await fetch(`${fake.url}/${path}`)).text()))
    for (const secret of fake.secrets()) expect(shown.join("\n")).not.toContain(secret)
    expect(shown[0]).toContain("r1 live")
  })

  it("does not appear in the request log", async () => {
    await control("GET", "requests")
    await fetch(`${fake.url}/`)
    expect(fake.requests).toEqual([])
  })

  it("says what there is when a path or a method is wrong", async () => {
    const lost = await control("GET", "nothing")
    expect([lost.status, (await object(lost))["error"]]).toEqual([404, expect.stringContaining("/control/faults")])
    const wrong = await control("PUT", "faults", "{}")
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"])
  })

  it("answers HEAD as it answers GET, without the body", async () => {
    const response = await control("HEAD", "timeline")
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "text/plain; charset=utf-8",
      ""
    ])
  })

  it("leaves every other path outside of /api to Linxio, which has no such route", async () => {
    const response = await fetch(`${fake.url}/favicon.ico`)
    expect([response.status, fake.requests.at(-1)?.path]).toEqual([404, "/favicon.ico"])
  })
})

describe("a stranger", () => {
  const knock = (headers: Readonly<Record<string, string>>, path = "/control/state") =>
    new Promise<number | undefined>((resolve, reject) => {
      request(fake.url + path, { headers }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end()
    })

  it("is refused: a page of another site, and a name that leads here from elsewhere", async () => {
    expect(await knock({ origin: "https://evil.example" })).toBe(403)
    expect(await knock({ origin: "null" })).toBe(403)
    expect(await knock({ host: "evil.example" })).toBe(403)
    expect(await knock({ host: "evil.example", origin: "http://evil.example" })).toBe(403)
    expect(await knock({ host: "127.0.0.1.evil.example:80" })).toBe(403)
    expect(await knock({ origin: "http://localhost:3000" })).toBe(403)
  })

  it("is refused: another machine, whatever it claims to be", () => {
    const ask = (remoteAddress: string | undefined) =>
      answer(
        { method: "GET", url: "/control/timeline", headers: { host: "127.0.0.1" }, body: "", remoteAddress },
        { controls: fake, state: () => new StateCell(resolve({})).current, now: Date.now }
      )?.status
    expect([ask("127.0.0.1"), ask("::1"), ask("::ffff:127.0.0.1")]).toEqual([200, 200, 200])
    expect([ask("192.0.2.7"), ask("::ffff:192.0.2.7"), ask("2001:db8::1"), ask(undefined)]).toEqual([
      403, 403, 403, 403
    ])
  })

  it("is told apart from this machine by whatever name it has", async () => {
    for (const host of ["localhost", "localhost:8787", "127.0.0.1", "[::1]:8787", "0.0.0.0:8787"])
      expect(await knock({ host })).toBe(200)
    expect(await knock({ origin: fake.url })).toBe(200)
  })
})
