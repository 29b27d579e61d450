/** Reference data and settings: what each operation sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinxioDecodeError, Metadata, type MetadataService } from "linxio-effect"
import { answering } from "../support/answering.ts"

const read = (name: keyof MetadataService, body: unknown) => {
  const { asked, http } = answering(body)
  const result = Metadata.use((metadata) => (metadata[name] as () => Effect.Effect<unknown, unknown>)())
  return Effect.map(Effect.provide(result, Layer.provide(Metadata.layer(), http)), (value) => ({ asked, value }))
}

const failureOf = (name: keyof MetadataService, body: unknown) => Effect.flip(read(name, body))

const lists = {
  roles: "/roles",
  plans: "/plans",
  timezones: "/timezones",
  themes: "/themes",
  languages: "/settings/language/list"
} as const

const settings = {
  mapApiOptions: "/settings/mapApiOptions",
  providers: "/settings/provider",
  digitalFormSettings: "/settings/digitalForm",
  ecoSpeedSettings: "/settings/ecoSpeed",
  excessiveIdlingSettings: "/settings/excessiveIdling"
} as const

const namesOf = <Table extends object>(table: Table) => Object.keys(table) as Array<keyof Table>

describe("Metadata", () => {
  it.effect.each(namesOf(lists))(
    "reads the list %s in any envelope, with numbers as text and fields that nobody knows",
    (name) =>
      Effect.gen(function* () {
        const entries = [{ id: "1", name: "A", label: null, order: "2", offset: "+09:30", extra: true }, { code: "b" }]
        for (const body of [entries, { data: entries }, { result: { [name]: entries } }]) {
          const { asked, value } = yield* read(name, body)
          assert.deepStrictEqual(asked, [`GET ${lists[name]}`])
          assert.deepStrictEqual(Object(value).data, [{ ...entries[0], order: 2 }, { code: "b" }])
        }
      })
  )

  it.effect.each(namesOf(settings))(
    "reads the one setting %s, whatever its value is, and takes no list for it",
    (name) =>
      Effect.gen(function* () {
        for (const value of [[1, 2], { a: 1 }, "text", 90, true, null]) {
          const body = { id: "7", name: "x", role: null, team: [], value }
          const { asked, value: record } = yield* read(name, body)
          assert.deepStrictEqual(asked, [`GET ${settings[name]}`])
          assert.deepStrictEqual(Object(record).value, value)
        }
        assert.instanceOf(yield* failureOf(name, [{ id: 1 }]), LinxioDecodeError)
      })
  )

  it.effect(
    "reads the theme of the user and the domain of the platform, of which any field may be missing or null",
    () =>
      Effect.gen(function* () {
        const theme = yield* read("myTheme", { id: "1", name: "Dark", order: "2", colors: { main: "#123456" } })
        assert.deepStrictEqual(theme, {
          asked: ["GET /themes/my"],
          value: { id: "1", name: "Dark", order: 2, colors: { main: "#123456" } }
        })
        const domain = yield* read("platformDomain", { domain: null })
        assert.deepStrictEqual(domain, { asked: ["GET /platform-settings/domain"], value: { domain: null } })
      })
  )

  it.effect("reads the countries as names by code, and an empty list as none", () =>
    Effect.gen(function* () {
      const { asked, value } = yield* read("countries", { AU: "Australia" })
      assert.deepStrictEqual([asked, value], [["GET /country/list"], { AU: "Australia" }])
      assert.deepStrictEqual((yield* read("countries", [])).value, {})
      assert.instanceOf(yield* failureOf("countries", [{ code: "AU" }]), LinxioDecodeError)
    })
  )

  it.effect("reads the current plan as a list of texts, and tells of what is none", () =>
    Effect.gen(function* () {
      const { asked, value } = yield* read("currentPlan", ["vehicle_list", 5, "fuel"])
      assert.deepStrictEqual(asked, ["GET /permissions/current-plan"])
      assert.deepStrictEqual(Object(value).data, ["vehicle_list", "fuel"])
      assert.deepStrictEqual(Object(value).meta.invalid, [
        { index: 1, issue: "[1] should be text, and is of type number" }
      ])
    })
  )
})
