/** `linxio.devices` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioApiError, LinxioValidationError } from "linxio-js"
import type { Device, DeviceCoordinate, DeviceInstallation, PageResult, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

const noon = Date.parse("2026-06-08T12:00:00Z")
const atNoon = { clock: () => noon }
const imei = "123456789012345"

describe("the fourteen operations", () => {
  it("read devices, their vendors, cameras, sensors and installations", async () => {
    const { devices } = await signedIn(await serve())
    const page = await devices.list({ fields: ["id", "imei"], limit: 2, sort: "-id" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3 })
    expect(page.data?.map(({ id }) => id)).toEqual([13, 12])
    expect(await dataOf(devices.get("11"))).toMatchObject({ id: 11, vehicleId: 1, vendor: { name: "Northstar" } })
    expect((await devices.vendors()).data?.flatMap(({ models }) => models?.map(({ name }) => name))).toEqual([
      "NS-200",
      "NS-300",
      "W1"
    ])
    expect((await devices.cameras(11)).data?.map(({ name }) => name)).toEqual(["Road", "Driver"])
    expect((await devices.cameras(12)).data).toEqual([])
    expect((await devices.sensors(12, { fields: ["label"] })).data).toEqual([{ id: 92, label: "Freezer" }])
    expect((await devices.history(11)).data?.map(({ event }) => event)).toEqual(["created", "installed"])
    const byPlate = await dataOf(devices.installation({ vehicleRegNo: "LNX-002" }))
    expect(byPlate).toMatchObject({ deviceId: 12, vehicleId: 2, odometer: 84_215_000, files: [] })
    expect(await dataOf(devices.installation({ deviceImei: "350000000000012" }))).toEqual(byPlate)
    for (const nobody of [{ vehicleRegNo: "LNX-003" }, { deviceImei: "350000000000013" }, { deviceImei: "0" }, {}])
      expect(await devices.installation(nobody)).toEqual({ data: null, error: null })
  })

  it("create, change, install, take out, archive and restore a device", async () => {
    const { devices } = await signedIn(await serve(atNoon))
    const { id = null } = await dataOf(devices.create({ imei, vendorId: 1 }))
    if (id === null) throw new Error("no id")
    expect(await dataOf(devices.update(id, { serial: "NS-14" }))).toMatchObject({ id, imei, serial: "NS-14" })
    const installedAt = "2026-06-08T19:00:00+08:00"
    expect(await dataOf(devices.install(id, { vehicleId: 3, installedAt, odometer: 5 }))).toMatchObject({
      vehicleId: 3,
      installDate: "2026-06-08T11:00:00+00:00"
    })
    expect(await dataOf(devices.installation({ deviceImei: imei }))).toMatchObject({ vehicleId: 3, odometer: 5 })
    const coordinates = await devices.coordinates(id, { dateFrom: "2026-06-08", dateTo: new Date(noon) })
    expect(coordinates.data).toHaveLength(61)
    expect(await dataOf(devices.uninstall(id, {}))).toMatchObject({
      vehicleId: null,
      uninstallDate: "2026-06-08T12:00:00+00:00"
    })
    expect(await dataOf(devices.installation({ deviceImei: imei }))).toBeNull()
    expect(await devices.archive(id)).toEqual({ data: null, error: null })
    expect((await devices.list({ status: "archived" })).data?.map((device) => device.id)).toEqual([id])
    expect(await devices.restore(id)).toEqual({ data: null, error: null })
    expect((await dataOf(devices.get(id))).status).toBe("active")
  })

  it("read all pages, as one result and as a stream", async () => {
    const { devices } = await signedIn(await serve())
    expect((await devices.iterate({ limit: 1 })).data?.map(({ id }) => id)).toEqual([11, 12, 13])
    expect((await devices.iterateSensors(11, { limit: 1 })).data).toHaveLength(1)
    const ids: Array<unknown> = []
    for await (const device of devices.stream({ limit: 2 })) ids.push(device.id)
    expect(ids).toEqual([11, 12, 13])
  })

  it("have installations as another name of installation", async () => {
    const { devices } = await signedIn(await serve())
    expect(devices.installations).toBe(devices.installation)
    expectTypeOf(devices.installations).toEqualTypeOf(devices.installation)
    expect((await dataOf(devices.installations({ vehicleRegNo: "LNX-001" })))?.deviceId).toBe(11)
  })

  it("have the types of their records", async () => {
    const { devices } = await signedIn(await serve())
    expectTypeOf(devices.list).returns.resolves.toEqualTypeOf<PageResult<Device>>()
    expectTypeOf(devices.coordinates).returns.resolves.toEqualTypeOf<PageResult<DeviceCoordinate>>()
    expectTypeOf(devices.installation).returns.resolves.toEqualTypeOf<Result<DeviceInstallation | null>>()
    expectTypeOf(devices.archive).returns.resolves.toEqualTypeOf<Result<null>>()
    expectTypeOf<keyof typeof devices & `stream${string}`>().toEqualTypeOf<"stream" | "streamSensors">()
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { devices } = await signedIn(await serve())
    const missing = [
      devices.get(99),
      devices.update(99, {}),
      devices.archive(99),
      devices.install(99, { vehicleId: 1 }),
      devices.coordinates(99),
      devices.sensors(99),
      devices.history(99),
      devices.cameras(99)
    ]
    for (const call of missing) expect(await errorOf(call as Promise<Result<unknown>>)).toMatchObject({ status: 404 })
    const refused: Readonly<Record<string, Promise<Result<unknown>>>> = {
      imei: devices.create({ imei: "12" }),
      vehicleId: devices.install(13, { vehicleId: 99 }),
      installedAt: devices.install(13, { vehicleId: 1, installedAt: "soon" }),
      deviceId: devices.uninstall(13, {})
    }
    for (const [field, call] of Object.entries(refused)) {
      const error = await errorOf(call)
      expect(error).toBeInstanceOf(LinxioApiError)
      expect(error).toMatchObject({ status: 422, issues: [{ field }] })
    }
    expect(await errorOf(devices.create({ imei: "350000000000011" }))).toMatchObject({ status: 422 })
    expect(await errorOf(devices.install(11, { vehicleId: 3 }))).toMatchObject({ status: 422 })
  })
})

describe("the positions of a device", () => {
  const range = { dateFrom: "2026-06-08T11:30:00Z", dateTo: "2026-06-08T12:30:00Z" }

  it("come from the clock of the server: each minute until now, the same every time", async () => {
    const { devices } = await signedIn(await serve(atNoon))
    const { data } = await devices.coordinates(11, range)
    expect(data).toHaveLength(31)
    expect(data?.at(-1)).toMatchObject({ deviceId: 11, ts: "2026-06-08T12:00:00+00:00" })
    const again = await (await signedIn(await serve(atNoon))).devices.coordinates(11, range)
    expect(again.data).toEqual(data)
    const [last] = (await devices.list({ fields: ["lastCoordinates"], limit: 1 })).data ?? []
    expect(last?.lastCoordinates).toEqual({ lat: data?.at(-1)?.lat, lng: data?.at(-1)?.lng, ts: data?.at(-1)?.ts })
  })

  it("need a range, and there are none of a device that is in no vehicle", async () => {
    const { devices } = await signedIn(await serve(atNoon))
    expect((await devices.coordinates(11)).error).toMatchObject({ status: 400 })
    expect((await devices.coordinates(11, { ...range, dateTo: "soon" })).error).toMatchObject({ status: 400 })
    expect((await devices.coordinates(11, { ...range, dateFrom: "2020-01-01" })).error).toMatchObject({ status: 400 })
    expect((await devices.coordinates(13, range)).data).toEqual([])
  })
})

describe("what a caller may get wrong", () => {
  it("is refused before anything is sent", async () => {
    const fake = await serve()
    const { devices } = await signedIn(fake)
    const cyclic: Record<string, unknown> = {}
    cyclic["self"] = cyclic
    const wrong = [
      devices.get("../users/1?x=1"),
      devices.get(""),
      devices.get({} as never),
      devices.create(cyclic),
      devices.install(1, {} as never),
      devices.install(1, { vehicleId: {} as never }),
      devices.list({ feilds: "id" }),
      devices.list({ limit: 0 }),
      devices.coordinates(1, { dateFrom: new Date(1), dateTo: new Date(0) }),
      devices.installation({ deviceImei: {} as never }),
      devices.archive(1, { strict: true } as never)
    ]
    for (const call of wrong)
      expect(await errorOf(call as Promise<Result<unknown>>)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
