/** `linxio.fuel` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioApiError, LinxioValidationError } from "linxio-js"
import type { FuelCard, FuelRecord, PageResult, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

describe("the six operations", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { fuel } = await signedIn(await serve())
    const page = await fuel.records({ fields: ["refueled", "total"], limit: 2, sort: "-refueled" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3 })
    expect(page.data).toEqual([
      { id: 2, refueled: 61.5, total: 113.78 },
      { id: 1, refueled: 48.2, total: 89.17 }
    ])
    expect((await fuel.cards()).data?.map(({ cardNumber, vehicleId }) => [cardNumber, vehicleId])).toEqual([
      ["7001", 1],
      ["7002", 2],
      ["7003", null]
    ])
    expect((await fuel.recordsByVehicle({ vehicleId: "2" })).data).toMatchObject([{ id: 2, vehicle: { id: 2 } }])
    expect((await fuel.fuelTypes()).data).toHaveLength(3)
    const june = { startDate: "2026-06-01T00:00:00+00:00", endDate: new Date("2026-06-02T00:00:00Z") }
    expect((await fuel.summary(june)).data).toEqual([
      { vehicleId: 1, regNo: "LNX-001", depot: null, groups: null, mileage: 500, refueled: 48.2, total: 89.17 }
    ])
    expect(await dataOf(fuel.assignTransaction(3, 1))).toMatchObject({ id: 3, vehicleId: 1, vehicle: { id: 1 } })
    expect((await fuel.summary({ vehicleId: 1 })).data?.map(({ refueled }) => refueled)).toEqual([88.2])
    expect((await fuel.iterateRecords({ limit: 1, vehicleId: 1 })).data?.map(({ id }) => id)).toEqual([1, 3])
    const ids: Array<unknown> = []
    for await (const record of fuel.streamRecords({ limit: 2 })) ids.push(record.id)
    expect(ids).toEqual([1, 2, 3])
  })

  it("have the types of their records", async () => {
    const { fuel } = await signedIn(await serve())
    expectTypeOf(fuel.records).returns.resolves.toEqualTypeOf<PageResult<FuelRecord>>()
    expectTypeOf(fuel.cards).returns.resolves.toEqualTypeOf<PageResult<FuelCard>>()
    expectTypeOf(fuel.assignTransaction).returns.resolves.toEqualTypeOf<Result<FuelRecord>>()
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { fuel } = await signedIn(await serve())
    const missing = await errorOf(fuel.assignTransaction(99, 1))
    expect(missing).toBeInstanceOf(LinxioApiError)
    expect(missing).toMatchObject({ status: 404 })
    expect(await errorOf(fuel.assignTransaction(1, 99))).toMatchObject({
      status: 422,
      issues: [{ field: "vehicleId" }]
    })
    expect((await fuel.summary({ startDate: "yesterday" })).error).toMatchObject({ status: 400 })
  })
})

describe("what a caller may get wrong", () => {
  it("is refused before anything is sent", async () => {
    const fake = await serve()
    const { fuel } = await signedIn(fake)
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      fuel.assignTransaction("..", 1),
      fuel.assignTransaction(1, null as never),
      fuel.assignTransaction(1, { id: 1 } as never),
      fuel.records({ feilds: "id" }) as Promise<Result<unknown>>,
      fuel.records({ limit: 0 }) as Promise<Result<unknown>>,
      fuel.records({ vehicleId: {} as never }) as Promise<Result<unknown>>,
      fuel.summary({ startDate: new Date(1), endDate: new Date(0) }) as Promise<Result<unknown>>,
      fuel.fuelTypes({ onProgress: () => undefined } as never) as Promise<Result<unknown>>
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
