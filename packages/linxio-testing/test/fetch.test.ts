/** `fake.fetch`: what a program that takes a `fetch` is handed. */
import { createClient } from "linxio-js"
import { defaultAccount, FakeLinxio, FakeLinxioOptionError } from "linxio-testing"
import { describe, expect, it } from "vitest"
import { call, credentials, object } from "./support.ts"

const start = async () => FakeLinxio.inMemory()

describe("FakeLinxio.inMemory", () => {
  it("is there at once, and a client on its fetch needs no more", async () => {
    const fake = FakeLinxio.inMemory({ vehicles: [{ id: 7 }] })
    const linxio = createClient({ fetch: fake.fetch })
    expect((await linxio.auth.login(defaultAccount)).error).toBeNull()
    fake.inject({ fault: "expire-access-tokens" })
    expect(await linxio.request("GET", "/vehicles/count")).toEqual({ count: 1 })
    expect(fake.refreshes).toBe(1)
  })

  it("throws what is wrong with an option, and nothing else", () => {
    expect(() => FakeLinxio.inMemory({ seed: 0.5 })).toThrow(FakeLinxioOptionError)
    expect(() => FakeLinxio.inMemory({ colour: "blue" } as never)).toThrow("colour")
  })

  it("is a new server each time", async () => {
    const [first, second] = [FakeLinxio.inMemory(), FakeLinxio.inMemory()]
    await call(first, "GET", "/me")
    expect([first.requests.length, second.requests.length]).toEqual([1, 0])
  })
})

describe("fake.fetch", () => {
  it("takes a URL, a string or a Request", async () => {
    const { baseUrl, fetch } = await start()
    const init = { method: "POST", body: JSON.stringify(credentials) }
    const statuses = [
      (await fetch(`${baseUrl}/login`, init)).status,
      (await fetch(new URL(`${baseUrl}/login`), init)).status,
      (await fetch(new Request(`${baseUrl}/login`, init))).status
    ]
    expect(statuses).toEqual([200, 200, 200])
  })

  it("rejects like fetch with the reason of a signal that has aborted, and sends nothing", async () => {
    const fake = await start()
    const reason = new Error("enough")
    await expect(call(fake, "GET", "/me", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(fake.requests).toEqual([])
  })

  it("lets a body be read once", async () => {
    const response = await call(await start(), "GET", "/me")
    await object(response)
    expect(response.bodyUsed).toBe(true)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it("rejects a redirect for a caller that wants none", async () => {
    const fake = await start()
    fake.inject({ fault: "redirect", to: "/api/login" })
    const response = fake.fetch(`${fake.baseUrl}/login`, { method: "POST", body: "{}", redirect: "error" })
    await expect(response).rejects.toThrow(TypeError)
    expect(fake.requests).toHaveLength(1)
  })
})
