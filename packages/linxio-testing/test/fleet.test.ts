/** A fleet of any size: the same for a seed, part of a larger one, and such that the contract accepts it. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { createClient, type Domains } from "linxio-js"
import { defaultAccount, FakeLinxio, FakeLinxioOptionError, fleet, type FleetOptions } from "linxio-testing"
import { describe, expect, it } from "vitest"

const signedIn = async (options: FleetOptions) => {
  const fake = FakeLinxio.inMemory(fleet(options))
  const linxio = createClient({ fetch: fake.fetch })
  const { error } = await linxio.auth.login(defaultAccount)
  expect(error).toBeNull()
  return linxio
}

describe("a fleet", () => {
  it("is the same for the same seed, and begins as a larger one does", () => {
    const small = fleet({ vehicles: 20, seed: 7 })
    expect(fleet({ vehicles: 20, seed: 7 })).toEqual(small)
    const large = fleet({ vehicles: 60, seed: 7 })
    expect(large.vehicles.slice(0, 20)).toEqual(small.vehicles)
    expect(large.records.devices.slice(0, 20)).toEqual(small.records.devices)
    expect(fleet({ vehicles: 20, seed: 8 }).vehicles).not.toEqual(small.vehicles)
  })

  it("has ids that lead from one record to another", () => {
    const { records, vehicles } = fleet({ vehicles: 50 })
    const [devices, drivers] = [records.devices, records.drivers].map((list) => new Set(list.map(({ id }) => id)))
    for (const { deviceId, driverId } of vehicles) {
      expect(devices?.has(deviceId as number)).toBe(true)
      if (driverId !== null) expect(drivers?.has(driverId as string)).toBe(true)
    }
    for (const list of [vehicles, ...Object.values(records)]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    }
  })

  it("is read by every list of the client without a record left out", async () => {
    const linxio: Domains = await signedIn({ vehicles: 120 })
    const lists = await Promise.all([
      linxio.vehicles.iterate(),
      linxio.devices.iterate(),
      linxio.devices.iterate({ fields: ["id", "lastCoordinates"] }),
      linxio.drivers.iterate(),
      linxio.sensors.iterate(),
      linxio.sensors.iterateDeviceTemperatureHumidityReport(),
      linxio.geofences.iterate(),
      linxio.fuel.iterateRecords(),
      linxio.fuel.iterateCards(),
      linxio.fuel.iterateSummary(),
      linxio.cameras.iterateEvents(),
      linxio.reports.iterateScheduled(),
      linxio.digitalForms.list()
    ])
    for (const { data, error, meta } of lists) {
      expect(error).toBeNull()
      expect(data?.length).toBeGreaterThan(0)
      expect(meta?.invalid).toBeUndefined()
    }
    expect(lists[0].data).toHaveLength(120)
  })

  it("moves by the clock where it is online, stands at its depots where it is not, and its devices are where it is", async () => {
    let now = Date.UTC(2026, 0, 5, 8)
    const fake = FakeLinxio.inMemory({ ...fleet({ vehicles: 60 }), clock: () => now })
    const linxio = createClient({ fetch: fake.fetch })
    await linxio.auth.login(defaultAccount)
    const places = async () => {
      const params = { fields: ["id", "status", "lastCoordinates"] }
      const [vehicles, devices] = [await linxio.vehicles.iterate(params), await linxio.devices.iterate(params)]
      expect(devices.data?.map(({ lastCoordinates }) => lastCoordinates)).toEqual(
        vehicles.data?.map(({ lastCoordinates }) => lastCoordinates)
      )
      return vehicles.data ?? []
    }
    const before = await places()
    now += 600_000
    const after = await places()
    const moved = after.filter(({ lastCoordinates }, at) => lastCoordinates?.lat !== before[at]?.lastCoordinates?.lat)
    const online = after.filter(({ status }) => status === "online")
    expect(moved.length).toBeGreaterThan(online.length / 3)
    expect(moved.filter(({ status }) => status !== "online")).toEqual([])
    expect(online.length).toBeLessThan(60)
  })

  it("takes about two kilobytes for a vehicle and all that belongs to it", async () => {
    setFlagsFromString("--expose-gc")
    const collect: () => void = runInNewContext("gc")
    const used = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    const before = used()
    const world = fleet({ vehicles: 20_000 })
    expect(used() - before).toBeLessThan(80_000_000)
    const fake = FakeLinxio.inMemory(world)
    const linxio = createClient({ fetch: fake.fetch })
    await linxio.auth.login(defaultAccount)
    const page = await linxio.vehicles.list({ limit: 500, page: 200, sort: "-regNo" })
    expect(page).toMatchObject({ limit: 100, page: 200, total: 20_000 })
    expect(page.data?.at(-1)?.regNo).toBe("LNX-00001")
  })

  it("refuses a size that is none", () => {
    for (const vehicles of [-1, 1.5, Number.NaN, 2_000_000, "5" as never]) {
      expect(() => fleet({ vehicles })).toThrow(FakeLinxioOptionError)
    }
    expect(() => fleet({ size: 5 } as never)).toThrow(FakeLinxioOptionError)
    expect(fleet({ vehicles: 0 }).vehicles).toEqual([])
  })
})
