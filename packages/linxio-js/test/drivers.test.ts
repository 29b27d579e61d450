/** `linxio.drivers` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioValidationError } from "linxio-js"
import type { Driver, DriverListParams, PageResult, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

describe("the operations on drivers", () => {
  it("work end to end against the embedded Linxio", async () => {
    const fake = await serve()
    const { drivers, vehicles } = await signedIn(fake)
    const page = await drivers.list({ fields: ["fullName"], limit: 2, sort: "-id" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3 })
    expect(page.data).toEqual([
      { id: 3, fullName: "Cleo Example" },
      { id: 2, fullName: "Ben Example" }
    ])
    expect(await drivers.assignToVehicle(1, "2")).toEqual({ data: null, error: null })
    expect(await dataOf(vehicles.get(1))).toMatchObject({ driverId: 2, driver: { id: 2, name: "Ben" } })
    expect(await drivers.unassignFromVehicle(1, 1)).toEqual({ data: null, error: null })
    expect(await dataOf(vehicles.get(1))).toMatchObject({ driverId: 2 })
    expect(await drivers.unassignFromVehicle(1, 2)).toEqual({ data: null, error: null })
    expect(await dataOf(vehicles.get(1))).toMatchObject({ driverId: null, driver: null })
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toContain("POST /vehicle/1/set-driver/2")
  })

  it("read those of a client account, on every page", async () => {
    const fake = await serve()
    const { drivers } = await signedIn(fake)
    const ofClient: DriverListParams = { clientId: 1, limit: 1 }
    expect((await drivers.list(ofClient)).data).toMatchObject([{ id: 1 }])
    expect((await drivers.iterate(ofClient)).data?.map(({ id }) => id)).toEqual([1, 2])
    const ids: Array<unknown> = []
    for await (const driver of drivers.stream({ ...ofClient, role: "admin" })) ids.push(driver.id)
    expect(ids).toEqual([1, 2])
    expect(new Set(fake.requests.map(({ path }) => path))).toEqual(new Set(["/clients/1/users"]))
    expect(fake.requests.every(({ query }) => query.includes("role=driver"))).toBe(true)
    expect((await drivers.list({ clientId: 99 })).error).toMatchObject({ status: 404 })
  })

  it("know a user whose role is driver, and take its names as they are written", async () => {
    const { clients, drivers } = await signedIn(await serve())
    const { id } = await dataOf(clients.createUser(2, { email: "g@example.test", firstName: "Gil", role: "driver" }))
    expect((await drivers.list({ clientId: 2 })).data).toMatchObject([{ id, name: "Gil" }, { id: 3 }])
    expect((await drivers.iterate()).total).toBe(4)
  })

  it("have the types of their records", async () => {
    const { drivers } = await signedIn(await serve())
    expectTypeOf(drivers.list).returns.resolves.toEqualTypeOf<PageResult<Driver>>()
    expectTypeOf(drivers.stream).returns.toEqualTypeOf<AsyncIterable<Driver>>()
    expectTypeOf(drivers.assignToVehicle).returns.resolves.toEqualTypeOf<Result<null>>()
    expectTypeOf<Driver["role"]>().toExtend<object | string | null | undefined>()
  })

  it("tell of what is not there", async () => {
    const { drivers } = await signedIn(await serve())
    expect(await errorOf(drivers.assignToVehicle(99, 1))).toMatchObject({ status: 404 })
    expect(await errorOf(drivers.assignToVehicle(1, 99))).toMatchObject({ status: 404 })
    // A user who is no driver.
    expect(await errorOf(drivers.unassignFromVehicle(1, 11))).toMatchObject({ status: 404 })
  })
})

describe("what a caller may get wrong", () => {
  it("is refused before anything is sent", async () => {
    const fake = await serve()
    const { drivers } = await signedIn(fake)
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      drivers.assignToVehicle("", 1),
      drivers.assignToVehicle(1, {} as never),
      drivers.unassignFromVehicle(1, ".."),
      ...["", 0, null, Number.NaN].flatMap((clientId) => {
        const params = { clientId } as never
        return [drivers.list(params), drivers.iterate(params)] as ReadonlyArray<Promise<Result<unknown>>>
      }),
      drivers.list({ limit: 0 }) as Promise<Result<unknown>>
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    const walk = async () => {
      for await (const _ of drivers.stream({ clientId: "" })) throw new Error("a driver")
    }
    await expect(walk()).rejects.toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
