/** `linxio.geofences` end to end against the embedded Linxio, and what a caller may get wrong. */
import { LinxioValidationError } from "linxio-js"
import type { AreaGroup, Geofence, GeofencePayload, PageResult, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

const depot: GeofencePayload = {
  name: "Depot",
  type: "circle",
  coordinates: [{ lat: -31.95, lng: 115.86 }],
  radius: 250,
  color: "#2bb100"
}

describe("the fourteen operations", () => {
  it("on geofences work end to end against the embedded Linxio", async () => {
    const { geofences } = await signedIn(await serve())
    const page = await geofences.list({ fields: ["name", "type"], limit: 2, sort: "-name" })
    expect(page).toMatchObject({ error: null, page: 1, limit: 2, total: 3 })
    expect(page.data?.[0]).toEqual({ id: 2, name: "Port depot", type: "polygon" })
    expect((await dataOf(geofences.get("1"))).radius).toBe(250)
    const made = await dataOf(geofences.create(depot))
    expect(made).toMatchObject({ ...depot, id: 4, status: "active", readOnly: false, groups: [] })
    expect(await dataOf(geofences.update(4, { radius: 400 }))).toMatchObject({ name: "Depot", radius: 400 })
    expect(await geofences.archive(4)).toEqual({ data: null, error: null })
    expect((await geofences.iterate({ status: "archived", limit: 1 })).data?.map(({ id }) => id)).toEqual([4])
    expect(await geofences.restore("4")).toEqual({ data: null, error: null })
    expect(await geofences.delete(4)).toEqual({ data: null, error: null })
    expect(await errorOf(geofences.delete(4))).toMatchObject({ status: 404 })
    const ids: Array<unknown> = []
    for await (const { id } of geofences.stream({ limit: 2 })) ids.push(id)
    expect(ids).toEqual([1, 2, 3])
  })

  it("on groups work end to end against the embedded Linxio", async () => {
    const { geofences } = await signedIn(await serve())
    expect((await geofences.listGroups()).data?.map(({ name }) => name)).toEqual(["Depots", "Customers"])
    expect((await dataOf(geofences.getGroup(1))).name).toBe("Depots")
    expect(await dataOf(geofences.createGroup({ name: "Yards", areaIds: [1] }))).toMatchObject({ id: 3, areaIds: [1] })
    expect(await dataOf(geofences.updateGroup(3, { name: "Ports" }))).toMatchObject({ id: 3, name: "Ports" })
    expect(await geofences.archiveGroup(3)).toEqual({ data: null, error: null })
    expect(await dataOf(geofences.getGroup("3"))).toMatchObject({ status: "archived" })
    expect(await geofences.restoreGroup(3)).toEqual({ data: null, error: null })
    expect(await dataOf(geofences.getGroup(3))).toMatchObject({ status: "active" })
    expect(await geofences.deleteGroup(3)).toEqual({ data: null, error: null })
    expect((await geofences.listGroups()).data).toHaveLength(2)
  })

  it("have the types of their records", async () => {
    const { geofences } = await signedIn(await serve())
    expectTypeOf(geofences.list).returns.resolves.toEqualTypeOf<PageResult<Geofence>>()
    expectTypeOf(geofences.listGroups).returns.resolves.toEqualTypeOf<PageResult<AreaGroup>>()
    expectTypeOf(geofences.create).returns.resolves.toEqualTypeOf<Result<Geofence>>()
    expectTypeOf(geofences.delete).returns.resolves.toEqualTypeOf<Result<null>>()
    // A geofence that was read can be written again.
    const area = await dataOf(geofences.get(3))
    expect((await geofences.update(3, { coordinates: area.coordinates ?? [] })).error).toBeNull()
  })

  it("tell of what is not there, and of what is refused, with the field", async () => {
    const { geofences } = await signedIn(await serve())
    const missing: ReadonlyArray<Promise<Result<unknown>>> = [
      geofences.get(99),
      geofences.update(99, {}),
      geofences.archive(99),
      geofences.getGroup(99),
      geofences.updateGroup(99, {}),
      geofences.deleteGroup(99)
    ]
    for (const call of missing) expect(await errorOf(call)).toMatchObject({ status: 404 })
    const refused: ReadonlyArray<readonly [string, Promise<Result<unknown>>]> = [
      ["name", geofences.create({ ...depot, name: " " })],
      ["type", geofences.create({ ...depot, type: "" })],
      ["coordinates", geofences.create({ ...depot, coordinates: [] })],
      ["coordinates", geofences.create({ ...depot, coordinates: [{ lat: 91, lng: 0 }] })],
      ["coordinates", geofences.create({ ...depot, coordinates: [{ lat: 0, lng: -181 }] })],
      ["coordinates", geofences.create({ ...depot, type: "polygon" })],
      ["radius", geofences.create({ ...depot, radius: undefined })],
      ["radius", geofences.update(1, { radius: 0 })],
      ["coordinates", geofences.update(2, { coordinates: [{ lat: 0, lng: 0 }] })],
      ["name", geofences.createGroup({ name: "" })],
      ["name", geofences.updateGroup(1, { name: " " })]
    ]
    for (const [field, call] of refused) {
      expect(await errorOf(call)).toMatchObject({ status: 422, issues: [{ field }] })
    }
  })
})

describe("what a caller may get wrong", () => {
  it("is refused before anything is sent", async () => {
    const fake = await serve()
    const { geofences } = await signedIn(fake)
    const cycle: Record<string, unknown> = {}
    cycle["self"] = cycle
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      geofences.get(""),
      geofences.delete(null as never),
      geofences.getGroup(".."),
      geofences.create({ name: "Depot" } as never),
      geofences.create({ ...depot, coordinates: [{ lat: -31.95 }] }),
      geofences.create({ ...depot, radius: "wide" as never }),
      geofences.create({ ...depot, cycle }),
      geofences.update(1, [] as never),
      geofences.createGroup({} as never),
      geofences.list({ limit: -1 }) as Promise<Result<unknown>>
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})
