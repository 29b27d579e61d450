/** `linxio.sensors` and `linxio.cameras` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioValidationError } from "linxio-js"
import type { PageResult, Result, Sensor, TemperatureHumidityReading } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

describe("the operations on sensors", () => {
  it("list, read and connect sensors", async () => {
    const { devices, sensors } = await signedIn(await serve())
    expect((await sensors.list({ fields: ["label"], sort: "label" })).data).toEqual([
      { id: 91, label: "Cooler" },
      { id: 92, label: "Freezer" },
      { id: 93, label: "Spare" }
    ])
    expect(await dataOf(sensors.get("93"))).toMatchObject({ id: 93, deviceId: null })
    expect(await dataOf(sensors.install(93, "12"))).toMatchObject({ id: 93, deviceId: 12, vehicleId: 2 })
    expect((await devices.sensors(12)).data?.map(({ id }) => id)).toEqual([92, 93])
    expect((await sensors.iterate({ limit: 2 })).data).toHaveLength(3)
  })

  it("report temperature and humidity by sensor, by vehicle and in a range", async () => {
    const { sensors } = await signedIn(await serve())
    const ids = ({ data }: PageResult<TemperatureHumidityReading>) => data?.map(({ id }) => id)
    expect(ids(await sensors.deviceTemperatureHumidityReport({ sensorId: 91 }))).toEqual([1, 2, 4])
    expect(ids(await sensors.vehicleTemperatureHumidityReport({ vehicleId: 2 }))).toEqual([3])
    const first = { startDate: "2026-06-01T16:30:00+08:00", endDate: new Date("2026-06-02T00:00:00Z") }
    expect(ids(await sensors.vehicleTemperatureHumidityReport(first))).toEqual([2])
    expect(ids(await sensors.deviceTemperatureHumidityReport({ dateFrom: "2026-06-02" }))).toEqual([4])
    const read: Array<unknown> = []
    for await (const { temperature } of sensors.streamDeviceTemperatureHumidityReport({ limit: 1, sensorId: 91 }))
      read.push(temperature)
    expect(read).toEqual([4.5, 5, 4])
  })

  it("have the types of their records", async () => {
    const { sensors } = await signedIn(await serve())
    expectTypeOf(sensors.get).returns.resolves.toEqualTypeOf<Result<Sensor>>()
    expectTypeOf(sensors.install).parameter(1).toEqualTypeOf<number | string>()
  })

  it("tell of what is not there, and of what is refused", async () => {
    const { sensors } = await signedIn(await serve())
    expect(await errorOf(sensors.get(99))).toMatchObject({ status: 404 })
    expect(await errorOf(sensors.install(99, 11))).toMatchObject({ status: 404 })
    expect(await errorOf(sensors.install(91, 99))).toMatchObject({ status: 422, issues: [{ field: "deviceId" }] })
    expect((await sensors.deviceTemperatureHumidityReport({ startDate: "soon" })).error).toMatchObject({ status: 400 })
  })

  it("refuse what can be no id and no range before anything is sent", async () => {
    const fake = await serve()
    const { cameras, sensors } = await signedIn(fake)
    const wrong = [
      sensors.get(""),
      sensors.install(91, Number.NaN),
      sensors.install(91, { deviceId: 11 } as never),
      sensors.list({ page: 0 }),
      sensors.deviceTemperatureHumidityReport({ startDate: new Date(1), endDate: new Date(0) }),
      sensors.vehicleTemperatureHumidityReport({ sensorId: {} as never }),
      cameras.events({ fields: "id" as never }),
      cameras.eventTypes({ timeout: 5 } as never)
    ]
    for (const call of wrong)
      expect(await errorOf(call as Promise<Result<unknown>>)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})

describe("the operations on events of cameras", () => {
  it("list events by any field and in a range, and their types", async () => {
    const { cameras } = await signedIn(await serve())
    const braking = await cameras.events({ type: "harsh-braking", limit: 1 })
    expect(braking).toMatchObject({ total: 2, data: [{ id: 1, deviceId: 11 }] })
    expect((await cameras.events({ dateFrom: "2026-06-02", dateTo: "2026-06-03" })).data).toHaveLength(1)
    expect((await cameras.eventTypes()).data?.map(({ name }) => name)).toContain("distraction")
    expect((await cameras.iterateEvents({ limit: 2 })).data).toHaveLength(3)
  })
})
