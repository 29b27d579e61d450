/** `linxio.users`, `linxio.clients` and `linxio.resellers` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioApiError, LinxioValidationError } from "linxio-js"
import type { AccountUser, ClientAccount, PageResult, Reseller, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { credentials, dataOf, errorOf, serve, signedIn } from "./support.ts"

/** An account that may read users, clients and resellers. */
const accounts = [{ ...credentials, teamType: "admin" as const }]

describe("the operations on users", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { users } = await signedIn(await serve({ accounts }))
    const page = await users.list({ fields: ["email", "role"], role: "driver", limit: 2, sort: "id" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3 })
    expect(page.data).toEqual([
      { id: 1, email: "ada@example.test", role: "driver" },
      { id: 2, email: "ben@example.test", role: { id: 3, name: "driver", displayName: "Driver" } }
    ])
    expect((await users.iterate({ limit: 4 })).data).toHaveLength(6)
    const ids: Array<unknown> = []
    for await (const { id } of users.stream({ role: "manager", limit: 1 })) ids.push(id)
    expect(ids).toEqual([12, 13])
    const payload = {
      email: "gil@example.test",
      firstName: "Gil",
      lastName: "Sample",
      phone: "+61491570158",
      roleId: 2
    }
    const made = await dataOf(users.create(payload))
    expect(made).toMatchObject({ id: 14, name: "Gil", surname: "Sample", fullName: "Gil Sample", status: "active" })
    expect(made).not.toHaveProperty("firstName")
    expect(await dataOf(users.update("14", { lastName: "Other" }))).toMatchObject({
      id: 14,
      name: "Gil",
      surname: "Other",
      fullName: "Gil Other"
    })
    expect(await dataOf(users.update(14, { fullName: "G. O." }))).toMatchObject({ fullName: "G. O.", surname: "Other" })
    expect(await users.archive(14)).toEqual({ data: null, error: null })
    expect(await dataOf(users.get(14))).toMatchObject({ status: "archived" })
    expect(await users.restore(14)).toEqual({ data: null, error: null })
    expect(await dataOf(users.get("14"))).toMatchObject({ status: "active" })
    // A driver is a user.
    expect(await dataOf(users.update(1, { firstName: "Adele" }))).toMatchObject({ id: 1, fullName: "Adele Example" })
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { users } = await signedIn(await serve({ accounts }))
    expect(await errorOf(users.get(99))).toMatchObject({ status: 404 })
    expect(await errorOf(users.archive(99))).toMatchObject({ status: 404 })
    for (const email of [undefined, " ", "nobody", "dora@example.test"]) {
      expect(await errorOf(users.create({ email }))).toMatchObject({ status: 422, issues: [{ field: "email" }] })
    }
    expect(await errorOf(users.update(11, { email: "emil@example.test" }))).toMatchObject({ status: 422 })
    expect((await users.update(11, { email: "dora@example.test" })).error).toBeNull()
  })
})

describe("the operations on client accounts", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { clients } = await signedIn(await serve({ accounts }))
    expect((await clients.list({ sort: "-id", limit: 1 })).data).toEqual([
      { id: 3, name: "Example Couriers", timezone: 2 }
    ])
    expect((await clients.iterate({ limit: 2 })).data).toHaveLength(3)
    expect((await dataOf(clients.get("2"))).name).toBe("Example Freight")
    expect((await clients.listUsers(2)).data?.map(({ id }) => id)).toEqual([13, 3])
    expect((await clients.iterateUsers(1, { limit: 1 })).data).toHaveLength(4)
    const ids: Array<unknown> = []
    for await (const { id } of clients.streamUsers(1, { role: "admin" })) ids.push(id)
    expect(ids).toEqual([11])
    const made = await dataOf(clients.createUser(2, { email: "gil@example.test", firstName: "Gil" }))
    expect(made).toMatchObject({ name: "Gil", fullName: "Gil", team: { clientId: 2, clientName: "Example Freight" } })
    const { id } = made
    expect(await dataOf(clients.getUser(2, id ?? ""))).toMatchObject({ name: "Gil" })
    expect(await dataOf(clients.updateUser(2, id ?? "", { lastName: "New" }))).toMatchObject({ fullName: "Gil New" })
  })

  it("tell of what is not there: the account, or a user who is of another one", async () => {
    const { clients } = await signedIn(await serve({ accounts }))
    const missing: ReadonlyArray<Promise<Result<unknown>>> = [
      clients.get(99),
      clients.listUsers(99) as Promise<Result<unknown>>,
      clients.createUser(99, { email: "g@example.test" }),
      clients.getUser(1, 13),
      clients.updateUser(2, 11, {})
    ]
    for (const call of missing) expect(await errorOf(call)).toMatchObject({ status: 404 })
    expect(await errorOf(clients.createUser(1, {}))).toMatchObject({ status: 422 })
  })
})

describe("the operations on resellers", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { resellers } = await signedIn(await serve({ accounts }))
    expect(await resellers.list()).toMatchObject({ error: null, data: [{ id: 1 }, { id: 2, name: "Example Fleets" }] })
    expect((await dataOf(resellers.get("1"))).name).toBe("Example Telematics")
    expect(await errorOf(resellers.get(9))).toMatchObject({ status: 404 })
  })
})

describe("users, clients and resellers", () => {
  it("are refused to a client, and to an account that forbids them, with the reason", async () => {
    const ofClient = await signedIn(await serve())
    const forbidden = [
      { ...credentials, teamType: "admin" as const, forbidden: ["users", "clients", "resellers.get"] as const }
    ]
    const restricted = await signedIn(await serve({ accounts: forbidden }))
    for (const call of [
      ofClient.users.list(),
      ofClient.clients.list(),
      ofClient.resellers.list(),
      ofClient.resellers.get(1),
      restricted.users.get(11),
      restricted.clients.listUsers(1),
      restricted.resellers.get(1)
    ] as ReadonlyArray<Promise<Result<unknown>>>) {
      const error = await errorOf(call)
      expect(error).toBeInstanceOf(LinxioApiError)
      expect(error).toMatchObject({ status: 403, reason: "PermissionDenied" })
    }
    expect((await ofClient.clients.listUsers(1)).error).toBeNull()
    expect((await restricted.resellers.list()).error).toBeNull()
  })

  it("have the types of their records", async () => {
    const { clients, resellers, users } = await signedIn(await serve({ accounts }))
    expectTypeOf(users.list).returns.resolves.toEqualTypeOf<PageResult<AccountUser>>()
    expectTypeOf(users.create).returns.resolves.toEqualTypeOf<Result<AccountUser>>()
    expectTypeOf(clients.list).returns.resolves.toEqualTypeOf<PageResult<ClientAccount>>()
    expectTypeOf(clients.listUsers).returns.resolves.toEqualTypeOf<PageResult<AccountUser>>()
    expectTypeOf(resellers.list).returns.resolves.toEqualTypeOf<PageResult<Reseller>>()
  })

  it("refuse what a caller gets wrong before anything is sent", async () => {
    const fake = await serve({ accounts })
    const { clients, resellers, users } = await signedIn(fake)
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      users.get("../users/1?x=1".slice(0, 2)),
      users.update(null as never, {}),
      users.create("Ada" as never),
      users.create({ email: 5 as never }),
      users.list({ feilds: "id" }) as Promise<Result<unknown>>,
      clients.get({} as never),
      clients.getUser(1, ""),
      clients.updateUser("", 1, {}),
      clients.createUser(1, { roleId: true as never }),
      clients.listUsers(1, { page: 0 }) as Promise<Result<unknown>>,
      resellers.get(Number.NaN)
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
