/** A client that signs in automatically. */
import { LinxioAuthenticationError, LinxioConfigurationError, LinxioValidationError } from "linxio-js"
import type { SessionChange } from "linxio-js"
import { memoryStore } from "linxio-js/stores/memory"
import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import { clientOf, credentials, rejectionOf, serve, signedIn } from "./support.ts"

const get = "/vehicles/count"
const count = { count: 3 }

describe("credentials", () => {
  it("sign in where nobody is, once for all calls, and are announced as automatic (S-13)", async () => {
    const fake = await serve()
    const linxio = clientOf(fake, { credentials: async () => credentials })
    const changes: Array<SessionChange> = []
    linxio.onSessionChange((change) => void changes.push(change))
    const calls = Array.from({ length: 20 }, () => linxio.request("GET", get))
    await expect(Promise.all(calls)).resolves.toContainEqual(count)
    expect(fake.logins).toBe(1)
    expect(changes).toMatchObject([{ type: "signedIn", automatic: true }])
    expect(fake.bearerOnAuthEndpoints).toEqual([])
  })

  it("that Linxio refuses are tried once, and a sign-out is not undone", async () => {
    const fake = await serve()
    const wrong = clientOf(fake, { credentials: () => ({ ...credentials, password: "wrong" }) })
    for (let call = 0; call < 3; call++) {
      const error = await rejectionOf(wrong.request("GET", get))
      expect(error).toBeInstanceOf(LinxioAuthenticationError)
      expect(error).toMatchObject({ reason: "InvalidCredentials" })
    }
    expect(fake.logins).toBe(1)
    const out = await signedIn(fake, { credentials: () => credentials })
    await out.auth.logout()
    expect(await rejectionOf(out.request("GET", get))).toMatchObject({ reason: "NotSignedIn" })
    expect(fake.logins).toBe(0)
  })

  it("that cannot be read fail the call, without what was thrown", async () => {
    const fake = await serve()
    const bad: ReadonlyArray<() => unknown> = [
      () => JSON.parse("hunter2"),
      () => Promise.reject(new Error("hunter2")),
      () => undefined,
      () => ({ email: "a@example.test" }),
      () => ({ email: "a@example.test", password: 7 })
    ]
    for (const given of bad) {
      const linxio = clientOf(fake, { credentials: given as never })
      const error = await rejectionOf(linxio.request("GET", get))
      expect(error).toBeInstanceOf(LinxioValidationError)
      expect(inspect(error, { depth: 9 })).not.toContain("hunter2")
      expect(inspect(error)).toContain("credentials")
    }
    expect(fake.logins).toBe(0)
  })

  it("sign in once for two clients of a store, also when the session of both has died", async () => {
    const fake = await serve()
    const store = memoryStore()
    const clients = [1, 2].map(() => clientOf(fake, { store, credentials: () => credentials }))
    const all = () => Promise.all(clients.map((linxio) => linxio.request("GET", get)))
    await expect(all()).resolves.toEqual([count, count])
    expect(fake.logins).toBe(1)
    const [first] = clients
    await first?.auth.logout()
    for (const linxio of clients) await rejectionOf(linxio.request("GET", get))
    expect(fake.logins).toBe(1)
  })

  it("of an account with one-time codes are refused with CodeRequired", async () => {
    const otp = { email: "otp@example.test", password: "pw-otp-account" }
    const fake = await serve({ accounts: [{ ...otp, otp: "246810" }] })
    const linxio = clientOf(fake, { credentials: () => otp })
    for (let call = 0; call < 2; call++)
      expect(await rejectionOf(linxio.request("GET", get))).toMatchObject({ reason: "CodeRequired" })
    expect(fake.logins).toBeLessThan(2)
  })

  it("are a function", () => {
    const given = { credentials: credentials as never }
    expect(() => clientOf({ baseUrl: "http://127.0.0.1:9/api" }, given)).toThrow(LinxioConfigurationError)
  })
})
