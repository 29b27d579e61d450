/** `linxio.routes` end to end against the embedded Linxio: drives and stops by the clock of the server. */
import { LinxioValidationError } from "linxio-js"
import type { PageResult, Result, VehicleRoutesGroup } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { errorOf, serve, signedIn } from "./support.ts"

const noon = Date.parse("2026-06-08T12:00:00Z")
const range = { dateFrom: "2026-06-08T18:00:00+08:00", dateTo: new Date(noon) }

describe("getVehicleRoutes", () => {
  it("gives the drives and stops of a vehicle, each of which starts where and when the last one ended", async () => {
    const { routes } = await signedIn(await serve({ clock: () => noon }))
    const { data, error } = await routes.getVehicleRoutes(1, range)
    expect(error).toBeNull()
    expect(data).toMatchObject([{ vehicleId: 1, driverId: null }])
    const all = data?.[0]?.routes ?? []
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(["driving", "stopped", "idle"]))
    for (const [index, route] of all.slice(1).entries()) expect(route.pointStart).toEqual(all[index]?.pointFinish)
    expect(all.at(-1)?.pointFinish?.lastCoordinates?.ts).toBe("2026-06-08T12:00:00+00:00")
    for (const { distance, type } of all) expect((distance ?? 0) > 0).toBe(type === "driving")
    expect(all[0]).not.toHaveProperty("coordinates")
  })

  it("adds the fields that were asked for", async () => {
    const { routes } = await signedIn(await serve({ clock: () => noon }))
    const fields = ["coordinates", "driver", "vehicle", "address"] as const
    const { data } = await routes.getVehicleRoutes("2", { ...range, fields })
    const [route] = data?.[0]?.routes ?? []
    expect(route).toMatchObject({ deviceId: 12, vehicle: { id: 2, regNo: "LNX-002" }, driver: null })
    expect(route?.coordinates?.[0]).toEqual(route?.pointStart?.lastCoordinates)
    expect(route?.coordinates?.at(-1)).toEqual(route?.pointFinish?.lastCoordinates)
    expect(route?.address).toBe(route?.pointFinish?.address)
  })

  it("drives as far as the odometer says, and is where the list of vehicles says", async () => {
    const { routes, vehicles } = await signedIn(await serve({ clock: () => noon }))
    const odometer = async (occurredAt: string | Date) =>
      (await vehicles.getOdometer(1, { occurredAt })).data?.odometer ?? 0
    const { data } = await routes.getVehicleRoutes(1, range)
    const all = data?.[0]?.routes ?? []
    const start = all[0]?.pointStart?.lastCoordinates?.ts ?? ""
    const sum = all.reduce((metres, { distance }) => metres + (distance ?? 0), 0)
    expect(Math.abs((await odometer(new Date(noon))) - (await odometer(start)) - sum)).toBeLessThan(all.length)
    const [listed] = (await vehicles.list({ fields: ["lastCoordinates"], limit: 1 })).data ?? []
    expect(listed?.lastCoordinates).toEqual(all.at(-1)?.pointFinish?.lastCoordinates)
  })

  it("gives nothing for a range that has not begun, and the last day without a range", async () => {
    const { routes } = await signedIn(await serve({ clock: () => noon }))
    expect((await routes.getVehicleRoutes(1, { dateFrom: "2027-01-01", dateTo: "2027-01-02" })).data).toEqual([])
    expect((await routes.getVehicleRoutes(1)).data?.[0]?.routes?.length).toBeGreaterThan(90)
  })

  it("has the type of its groups, and no pages to walk through", async () => {
    const { routes } = await signedIn(await serve())
    expectTypeOf(routes.getVehicleRoutes).returns.resolves.toEqualTypeOf<PageResult<VehicleRoutesGroup>>()
    expectTypeOf<keyof typeof routes>().toEqualTypeOf<"getVehicleRoutes">()
    expect(Object.keys(routes)).toEqual(["getVehicleRoutes"])
  })

  it("tells of a vehicle that is not there and of a range that cannot be, and sends nothing that is wrong", async () => {
    const fake = await serve()
    const { routes } = await signedIn(fake)
    for (const call of [
      routes.getVehicleRoutes(""),
      routes.getVehicleRoutes(1, { dateFrom: new Date(1), dateTo: new Date(0) }),
      routes.getVehicleRoutes(1, { fields: "address" as never }),
      routes.getVehicleRoutes(1, { limit: 0 })
    ])
      expect(await errorOf(call as Promise<Result<unknown>>)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
    expect((await routes.getVehicleRoutes(99)).error).toMatchObject({ status: 404 })
    expect((await routes.getVehicleRoutes(1, { dateFrom: "2020-01-01" })).error).toMatchObject({ status: 400 })
  })
})
