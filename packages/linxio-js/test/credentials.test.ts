/** A client that signs in by itself, and one that renews without traffic. */
import { LinxioAuthenticationError, LinxioConfigurationError } from "linxio-js"
import type { SessionChange } from "linxio-js"
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

  it("are a function", () => {
    const given = { credentials: credentials as never }
    expect(() => clientOf({ baseUrl: "http://127.0.0.1:9/api" }, given)).toThrow(LinxioConfigurationError)
  })
})
