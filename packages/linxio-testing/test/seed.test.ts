/** The options of accounts and vehicles: what a test gives is what the server answers. */
import { describe, expect, it } from "vitest"
import { call, claims, object, signIn, ways } from "./support.ts"

const accounts = [
  { email: "driver@example.test", password: "pw" },
  {
    email: "dealer@example.test",
    password: "pw",
    id: "d-7",
    fullName: "Dora Dealer",
    teamType: "reseller",
    roleId: 4,
    team: { id: 12, name: "Northern depot" },
    permissions: ["vehicle_list", "driver_list"]
  }
] as const

const vehicles = [
  { id: 7, regNo: "B-2", model: "Hilux", odometer: 12_500 },
  { id: "x8", regNo: "A-1", status: "inactive" }
]

describe.each(ways)("accounts and vehicles of the options, %s,", (_, start) => {
  it("has the roles, teams and permissions of its accounts", async () => {
    const { wire } = await start({ accounts })
    const me = async (who: (typeof accounts)[number]) => {
      const { token } = await signIn(wire, who)
      return { sub: claims(token)["sub"], ...(await object(call(wire, "GET", "/me", { token }))) }
    }
    expect(await me(accounts[0])).toMatchObject({
      id: 1,
      sub: "1",
      fullName: "driver@example.test",
      teamType: "client",
      roleId: 1,
      team: { id: 1, type: "client" },
      permissions: ["vehicle_list"]
    })
    expect(await me(accounts[1])).toMatchObject({
      id: "d-7",
      sub: "d-7",
      fullName: "Dora Dealer",
      teamType: "reseller",
      roleId: 4,
      team: { id: 12, name: "Northern depot", type: "reseller" },
      permissions: ["vehicle_list", "driver_list"]
    })
  })

  it("has its vehicles, with whatever fields they were given", async () => {
    const { wire } = await start({ vehicles })
    const { token } = await signIn(wire)
    const read = (path: string) => object(call(wire, "GET", path, { token }))
    expect(await read("/vehicles/count")).toEqual({ count: 2 })
    expect((await read("/vehicles/fields/json?sort=regNo"))["data"]).toEqual([vehicles[1], vehicles[0]])
    expect(await read("/vehicles/x8")).toEqual(vehicles[1])
  })

  it("gives the same ids and tokens under the same seed, and others under another", async () => {
    const clock = () => Date.UTC(2026, 0, 1)
    const signedIn = async (seed: number) => {
      const { fake, wire } = await start({ seed, clock, signing: "fake" })
      const reply = await object(
        call(wire, "POST", "/login", {
          body: { email: "fleet@example.test", password: "correct horse battery staple" }
        })
      )
      return { reply, requestId: fake.requests[0]?.requestId }
    }
    const first = await signedIn(1)
    expect(await signedIn(1)).toEqual(first)
    const other = await signedIn(2)
    expect(other.reply["refreshToken"]).not.toBe(first.reply["refreshToken"])
    expect(other.reply["token"]).not.toBe(first.reply["token"])
  })
})
