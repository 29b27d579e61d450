/** Who may call what: by the kind of the team, and by what the account forbids. */
import { FakeLinxio } from "linxio-testing"
import { describe, expect, it } from "vitest"
import type { Account } from "linxio-testing"
import { call, object, signIn, ways } from "./support.ts"

const who = { email: "somebody@example.test", password: "secret" }

const denied = { errors: [{ code: 403, title: "Exception", detail: "Access denied." }] }

const gated = ["/users", "/clients/json", "/reseller", "/reseller/1"]

for (const [way, start] of ways) {
  /** The status for each path, of a client that has signed in with this account. */
  const statusesOf = async (account: Partial<Account>, paths: ReadonlyArray<string>) => {
    const { wire } = await start({ accounts: [{ ...who, ...account }] })
    const { token } = await signIn(wire, who)
    return Promise.all(paths.map(async (path) => (await call(wire, "GET", path, { token })).status))
  }

  describe(`${way}, an account`, () => {
    it("of a client is refused the lists of users, clients and resellers, and nothing else", async () => {
      expect(await statusesOf({}, gated)).toEqual([403, 403, 403, 403])
      expect(await statusesOf({ teamType: "client" }, gated)).toEqual([403, 403, 403, 403])
      const open = ["/users/11", "/clients/1", "/clients/1/users", "/drivers", "/vehicles/count", "/areas"]
      expect(await statusesOf({}, open)).toEqual(open.map(() => 200))
    })

    it.each(["admin", "reseller"] as const)("of the team type %s may have them", async (teamType) => {
      expect(await statusesOf({ teamType }, gated)).toEqual([200, 200, 200, 200])
    })

    it("is refused the endpoints and the domains that it forbids, and no others", async () => {
      const paths = ["/vehicles/count", "/vehicles/1", "/fuel-types", "/me"]
      expect(await statusesOf({ forbidden: ["vehicles.count", "fuel"] }, paths)).toEqual([403, 200, 403, 200])
      expect(await statusesOf({ forbidden: ["me"] }, paths)).toEqual([200, 200, 200, 403])
      expect(await statusesOf({ forbidden: ["auth"] }, paths)).toEqual([200, 200, 200, 403])
    })

    it("gets the refusal of the application, after its token was checked and before its input is", async () => {
      const { fake, wire } = await start({ accounts: [{ ...who, forbidden: ["vehicles"] }] })
      const { token } = await signIn(wire, who)
      expect(await object(call(wire, "GET", "/vehicles/1", { token }))).toEqual(denied)
      expect((await call(wire, "GET", "/vehicles/fields/json?limit=many", { token })).status).toBe(403)
      expect((await call(wire, "GET", "/vehicles/99", { token })).status).toBe(403)
      expect((await call(wire, "GET", "/vehicles/1")).status).toBe(401)
      fake.inject({ fault: "expire-access-tokens" })
      expect((await call(wire, "GET", "/vehicles/1", { token })).status).toBe(401)
    })

    it("may sign in and refresh whatever it forbids", async () => {
      const { wire } = await start({ accounts: [{ ...who, forbidden: ["auth"] }] })
      const { refreshToken, token } = await signIn(wire, who)
      const headers = { token, body: { refreshToken } }
      expect((await call(wire, "POST", "/token/refresh", headers)).status).toBe(200)
      expect((await call(wire, "POST", "/logout", { token })).status).toBe(403)
    })
  })
}

it("a name in `forbidden` that is no endpoint and no domain is refused", async () => {
  for (const forbidden of [["vehicle"], ["vehicles.lists"], "vehicles", [1]]) {
    const options = { accounts: [{ ...who, forbidden: forbidden as never }] }
    await expect(FakeLinxio.serve(options)).rejects.toThrow(/^Option "accounts": Expected .{1,90} at \[0\]\.forbidden/)
  }
})
