/** `linxio.metadata` end to end against the embedded Linxio: each of its methods. */
import type { LinxioCountryMap, LinxioCurrentPlan, MetadataResource, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { dataOf, errorOf, serve, signedIn } from "./support.ts"

describe("the fourteen operations", () => {
  it("work end to end against the embedded Linxio", async () => {
    const { metadata } = await signedIn(await serve())
    expect(await dataOf(metadata.countries())).toMatchObject({ AU: "Australia" })
    expect((await metadata.roles()).data).toContainEqual({ id: 3, name: "driver", type: "client" })
    expect((await metadata.plans()).data?.map(({ name }) => name)).toEqual(["Starter", "Essentials", "Plus"])
    expect((await metadata.timezones()).data?.map(({ offset }) => offset)).toEqual(["+09:30", "+08:00", "+12:00"])
    expect((await metadata.themes()).data).toContainEqual(await dataOf(metadata.myTheme()))
    expect((await metadata.currentPlan()).data).toContain("vehicle_list")
    expect(await dataOf(metadata.platformDomain())).toMatchObject({ domain: "fleet.example.test" })
    expect((await metadata.languages()).data?.map(({ code }) => code)).toEqual(["en", "de"])
    expect(await dataOf(metadata.mapApiOptions())).toMatchObject({ name: "mapApiOptions", value: ["osm"] })
    expect(await dataOf(metadata.providers())).toMatchObject({ name: "provider", value: { maps: "osm" } })
    expect(await dataOf(metadata.digitalFormSettings())).toMatchObject({ value: true, role: null, team: { id: 1 } })
    expect(await dataOf(metadata.ecoSpeedSettings())).toMatchObject({ value: 90 })
    expect(await dataOf(metadata.excessiveIdlingSettings())).toMatchObject({ value: 300 })
  })

  it("have no method that reads several pages, since their lists have none", async () => {
    const { metadata } = await signedIn(await serve())
    expect(Object.keys(metadata)).toHaveLength(14)
    expectTypeOf<keyof MetadataResource & `iterate${string}`>().toBeNever()
  })

  it("have the types that programs of before know", async () => {
    const { metadata } = await signedIn(await serve())
    expectTypeOf(metadata.countries).returns.resolves.toEqualTypeOf<Result<LinxioCountryMap>>()
    const { data } = await metadata.currentPlan()
    expectTypeOf(data).toEqualTypeOf<LinxioCurrentPlan | null>()
  })

  it("take options, and no parameters", async () => {
    const { metadata } = await signedIn(await serve())
    expect((await errorOf(metadata.countries({ signal: AbortSignal.abort() }))).name).toBe("LinxioAbortError")
    const call = metadata.roles({ page: 2 } as never) as Promise<Result<unknown>>
    expect((await errorOf(call)).message).toContain("page is not an option")
  })
})
