/** Where the vehicles of the embedded Linxio are, by its clock. */
import { FakeLinxio } from "linxio-testing"
import type { FakeLinxioOptions } from "linxio-testing"
import { describe, expect, it, onTestFinished } from "vitest"
import { drivenUntil, positionAt, positionsBetween, tripsBetween } from "../src/state/positions.ts"
import { call, object, overSocket, signIn } from "./support.ts"

const minute = 60_000
const hour = 60 * minute
const noon = Date.parse("2026-06-08T12:00:00Z")

/** Straight-line metres between two positions. */
const apart = (a: { lat: number; lng: number }, b: { lat: number; lng: number }): number =>
  Math.hypot((a.lat - b.lat) * 111_195, (a.lng - b.lng) * 111_195 * Math.cos((a.lat * Math.PI) / 180))

describe("a vehicle on its loop", () => {
  it("is after an hour where it was, has driven the same way each hour, and never jumps", () => {
    for (const id of [1, 2, "x8"]) {
      const { at: _, ...here } = positionAt(id, noon)
      const { at: __, ...later } = positionAt(id, noon + hour)
      expect(later).toEqual(here)
      expect(drivenUntil(id, noon + hour) - drivenUntil(id, noon)).toBeCloseTo(
        drivenUntil(id, noon + 2 * hour) - drivenUntil(id, noon + hour),
        -1
      )
      const positions = positionsBetween(id, noon, noon + hour)
      expect(positions).toHaveLength(61)
      for (const [index, position] of positions.slice(1).entries()) {
        const before = positions[index] ?? position
        const driven = drivenUntil(id, position.at) - drivenUntil(id, before.at)
        expect(Math.abs(apart(position, before) - driven)).toBeLessThan(5)
        if (before.speed === 0) expect(apart(position, before)).toBe(0)
      }
    }
  })

  it("is somewhere before 1970 as well, but its odometer begins in 2026", () => {
    expect(positionAt(1, -hour)).toMatchObject({ lat: positionAt(1, 0).lat, lng: positionAt(1, 0).lng })
    expect(drivenUntil(1, Date.parse("2025-12-31T23:59:59Z"))).toBe(0)
    expect(drivenUntil(1, Date.parse("2026-01-02T00:00:00Z"))).toBeGreaterThan(100_000)
  })

  it("has trips that fill the range without a gap, whose numbers rise, and the last of which ends now", () => {
    const trips = tripsBetween(2, noon - 3 * hour, noon + hour, noon)
    expect(trips[0]?.start.at).toBeLessThanOrEqual(noon - 3 * hour)
    expect(trips.at(-1)?.finish.at).toBe(noon)
    for (const [index, trip] of trips.slice(1).entries()) {
      expect(trip.start).toEqual(trips[index]?.finish)
      expect(trip.ordinal).toBe((trips[index]?.ordinal ?? 0) + 1)
    }
    expect(tripsBetween(2, noon, noon + hour, noon)).toEqual([])
  })
})

/** Reads from a server whose clock a test can move. */
const reading = async (options: FakeLinxioOptions = {}) => {
  let now = noon
  const fake = await FakeLinxio.serve({ ...options, clock: () => now, signing: "fake" })
  onTestFinished(fake.close)
  const wire = overSocket(fake)
  const { token } = await signIn(wire)
  return {
    pass: (millis: number) => void (now += millis),
    read: async (path: string) => object(await call(wire, "GET", path, { token })),
    status: async (path: string) => (await call(wire, "GET", path, { token })).status
  }
}

const first = (page: Readonly<Record<string, unknown>>): unknown =>
  Array.isArray(page["data"]) ? page["data"][0] : undefined

describe("the vehicles of a server", () => {
  it("move on with the clock, and their odometers grow", async () => {
    const { pass, read } = await reading()
    const list = "/vehicles/fields/json?fields[]=lastCoordinates&limit=1"
    const before = [first(await read(list)), (await read("/vehicles/1/odometer"))["odometer"]]
    expect(before[0]).toMatchObject({ id: 1, lastCoordinates: { ts: "2026-06-08T12:00:00+00:00" } })
    expect([first(await read(list)), (await read("/vehicles/1/odometer"))["odometer"]]).toEqual(before)
    pass(5 * minute)
    expect(first(await read(list))).not.toEqual(before[0])
    expect(Number((await read("/vehicles/1/odometer"))["odometer"])).toBeGreaterThan(Number(before[1]))
  })

  it("keep the position and the odometer that they were seeded with", async () => {
    const lastCoordinates = { lat: 1, lng: 2 }
    const { pass, read } = await reading({ vehicles: [{ id: 1, lastCoordinates, odometer: 12_500 }] })
    pass(5 * minute)
    expect(first(await read("/vehicles/fields/json?fields[]=lastCoordinates"))).toEqual({ id: 1, lastCoordinates })
    expect(await read("/vehicles/1/odometer")).toMatchObject({ odometer: 12_500 })
  })

  it("give their position only where it is asked for", async () => {
    const { read } = await reading()
    expect(first(await read("/vehicles/fields/json"))).not.toHaveProperty("lastCoordinates")
    expect(await read("/vehicles/1")).not.toHaveProperty("lastCoordinates")
    expect(first(await read("/devices/json"))).not.toHaveProperty("lastCoordinates")
  })
})

describe("a path that ends in a slash", () => {
  it("is another path than the one without", async () => {
    const { status } = await reading()
    expect(await status("/devices/vendors/")).toBe(200)
    expect(await status("/devices/vendors")).toBe(404)
    expect(await status("/devices/")).toBe(404)
    expect(await status("/devices//history")).toBe(404)
  })
})
