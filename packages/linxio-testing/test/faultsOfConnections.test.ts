/** The faults that break, stall or starve a connection, each by its name. */
import { describe, expect, it } from "vitest"
import { call, last, refresh, signIn, string, until, ways } from "./support.ts"

describe.each(ways)("%s", (_, start) => {
  it("reset: the connection breaks and the request was not processed", async () => {
    const { fake, wire } = await start({ rotation: true })
    const { refreshToken } = await signIn(wire)
    fake.inject({ fault: "reset", endpoint: "refresh" })
    await expect(refresh(wire, refreshToken)).rejects.toThrow(TypeError)
    expect(last(fake)).toMatchObject({ status: "reset", fault: "reset" })
    expect((await refresh(wire, refreshToken)).status).toBe(200)
  })

  it("lose-response: the connection breaks although the request was processed", async () => {
    const { fake, wire } = await start({ rotation: true })
    const { refreshToken } = await signIn(wire)
    fake.inject({ fault: "lose-response", endpoint: "refresh" })
    await expect(refresh(wire, refreshToken)).rejects.toThrow(TypeError)
    expect(last(fake)).toMatchObject({ status: "lost", fault: "lose-response" })
    expect((await refresh(wire, refreshToken)).status).toBe(400)
    expect(fake.reusedRefreshTokens).toEqual(["r1"])
  })

  it("lose-response: it may also go silent instead of breaking", async () => {
    const { fake, wire } = await start({ rotation: true })
    const { refreshToken } = await signIn(wire)
    fake.inject({ fault: "lose-response", endpoint: "refresh", how: "stall" })
    const patience = new AbortController()
    const response = call(wire, "POST", "/token/refresh", { body: { refreshToken }, signal: patience.signal })
    await until(() => fake.presentedRefreshTokens.length === 1)
    expect(last(fake).status).toBe("pending")
    patience.abort()
    await expect(response).rejects.toThrow("abort")
    await until(() => last(fake).status === "abandoned")
    expect((await refresh(wire, refreshToken)).status).toBe(400)
  })

  it("stall-headers: nothing comes until the caller gives up", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "stall-headers" })
    const patience = new AbortController()
    const response = call(wire, "GET", "/me", { signal: patience.signal })
    await until(() => fake.requests.length === 1)
    expect(last(fake)).toMatchObject({ status: "pending", fault: "stall-headers" })
    const reason = new Error("enough")
    patience.abort(reason)
    await expect(response).rejects.toBe(reason)
    await until(() => last(fake).status === "abandoned")
  })

  it("stall-body: the headers and half of the body come, and then nothing", async () => {
    const { fake, wire } = await start()
    const { token } = await signIn(wire)
    fake.inject({ fault: "stall-body", endpoint: "me" })
    const patience = new AbortController()
    const response = await call(wire, "GET", "/me", { token, signal: patience.signal })
    expect(response.status).toBe(200)
    const reader = response.clone().body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    expect(first).toMatch(/^\{"id":1/)
    expect(() => void JSON.parse(first)).toThrow(SyntaxError)
    const rest = response.text()
    patience.abort(new Error("enough"))
    await expect(rest).rejects.toThrow("enough")
  })

  it("slow-trickle: the body drips in and is whole in the end", async () => {
    const { fake, wire } = await start()
    const { token } = await signIn(wire)
    fake.inject({ fault: "slow-trickle", endpoint: "me", ms: 40, times: 2 })
    const started = performance.now()
    const whole: unknown = await (await call(wire, "GET", "/me", { token })).json()
    expect(whole).toMatchObject({ id: 1 })
    expect(performance.now() - started).toBeGreaterThanOrEqual(35)
    const drops: Array<string> = []
    const body = (await call(wire, "GET", "/me", { token })).body
    for await (const drop of body ?? []) drops.push(new TextDecoder().decode(drop))
    expect(drops.length).toBeGreaterThan(1)
    expect(JSON.parse(drops.join(""))).toEqual(whole)
  })

  it("leaves nothing of a fault once the faults are cleared", async () => {
    const { fake, wire } = await start()
    fake.inject({ fault: "reset", times: 100 })
    fake.inject({ fault: "always-401", endpoint: "any" })
    fake.inject({ fault: "clock-skew", ms: 1e9 })
    fake.clearFaults()
    const { token } = await signIn(wire)
    const response = await call(wire, "GET", "/me", { token })
    expect(response.status).toBe(200)
    expect(Math.abs(Date.parse(string(response.headers.get("date"))) - Date.now())).toBeLessThan(60_000)
  })
})
