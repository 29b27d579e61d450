/** The operations on geofences and their groups: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Geofences, type GeofencesService, LinxioDecodeError, LinxioValidationError } from "linxio-effect"
import { geofences as operations } from "linxio-effect/api/geofences"
import { answering } from "../support/answering.ts"

type Call = (geofences: GeofencesService) => Effect.Effect<unknown, unknown>

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (geofences: GeofencesService) => Effect.Effect<A, E>
) => Geofences.use(use).pipe(Effect.provide(Layer.provide(Geofences.layer(), http)))

const depot = { name: "Depot", type: "circle", coordinates: [{ lat: -31.95, lng: 115.86 }], radius: 250 }

const calls: ReadonlyArray<readonly [string, Call]> = [
  [
    "GET /areas fields[]=id&fields[]=name&limit=5&page=2&sort=name&type=circle",
    (areas) => areas.list({ fields: ["id", "name"], limit: 5, page: 2, sort: "name", type: "circle" })
  ],
  ["GET /areas/a%2Fb", (areas) => areas.get("a/b")],
  [
    'POST /areas {"name":"Depot","type":"circle","coordinates":[{"lat":-31.95,"lng":115.86}],"radius":250,"color":"#2bb100","note":1}',
    (areas) => areas.create({ ...depot, color: "#2bb100", note: 1 })
  ],
  ['PATCH /areas/7 {"radius":400}', (areas) => areas.update(7, { radius: 400 })],
  ["DELETE /areas/7", (areas) => areas.delete(7)],
  ["PATCH /areas/7/archive {}", (areas) => areas.archive(7)],
  ["PATCH /areas/7/restore {}", (areas) => areas.restore("7")],
  ["GET /area-groups", (areas) => areas.listGroups()],
  ["GET /area-groups/7", (areas) => areas.getGroup(7)],
  ['POST /area-groups {"name":"Depots","areaIds":[1]}', (areas) => areas.createGroup({ name: "Depots", areaIds: [1] })],
  ['PATCH /area-groups/7 {"name":"North"}', (areas) => areas.updateGroup(7, { name: "North" })],
  ["DELETE /area-groups/7", (areas) => areas.deleteGroup(7)],
  ["PATCH /area-groups/7/archive {}", (areas) => areas.archiveGroup(7)],
  ["PATCH /area-groups/7/restore {}", (areas) => areas.restoreGroup(7)]
]

describe("Geofences", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it("are retried after a change only where twice is the same as once", () => {
    const names = Object.entries(operations).flatMap(([name, { idempotent }]: [string, { idempotent?: boolean }]) =>
      idempotent === true ? name : []
    )
    assert.deepStrictEqual(names, ["archive", "restore", "archiveGroup", "restoreGroup"])
  })

  it.effect(
    "read numbers that are texts, fields that are null or missing, new words, and keep what they do not know",
    () =>
      Effect.gen(function* () {
        const records = [
          {
            id: "7",
            type: "hexagon",
            radius: "250.5",
            color: null,
            coordinates: [{ lat: "-31.95", lng: 115, ts: null }],
            team: [],
            groups: [1, { id: 1 }, null],
            polygon: "POLYGON((1 2))",
            readOnly: false,
            extra: 1
          },
          { id: 8, coordinates: null, groups: [] },
          { id: 9, coordinates: [[1, 2]] },
          { id: 10, radius: "wide" }
        ]
        const { http } = answering({ data: records, page: "1", limit: "10", total: "4", aggregations: null })
        const { data, meta, total } = yield* using(http, (areas) => areas.list())
        assert.deepStrictEqual<unknown>(data, [
          { ...records[0], radius: 250.5, coordinates: [{ lat: -31.95, lng: 115, ts: null }], team: {} },
          records[1]
        ])
        assert.strictEqual(total, 4)
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [2, 3]
        )
      })
  )

  it.effect("keep a geofence whose only array is its groups (B-1)", () =>
    Effect.gen(function* () {
      for (const area of [{ groups: [] }, { coordinates: [{ lat: 1, lng: 2 }] }]) {
        assert.deepStrictEqual(yield* using(answering(area).http, (areas) => areas.get(1)), area)
      }
    })
  )

  it.effect("have groups that are read from a bare array and every other envelope (B-4)", () =>
    Effect.gen(function* () {
      const groups = [
        { id: "1", name: "Depots", extra: [] },
        { id: 2, name: 5 }
      ]
      for (const body of [groups, { data: groups }, { result: groups }, { result: { areaGroups: groups } }]) {
        const { data, meta } = yield* using(answering(body).http, (areas) => areas.listGroups())
        assert.deepStrictEqual<unknown>(data, groups.slice(0, 1))
        assert.deepStrictEqual(meta.invalid, meta.invalid && [{ index: 1, issue: meta.invalid[0]?.issue ?? "" }])
        assert.lengthOf(meta.invalid ?? [], 1)
      }
      const { http } = answering({ id: 1, areas: [] })
      assert.instanceOf(yield* Effect.flip(using(http, (areas) => areas.listGroups())), LinxioDecodeError)
    })
  )

  it.effect("stream all pages", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ result: { areas: [{ id }], limit: 1, total: 2 } })
      const { asked, http } = answering(page(1), page(2))
      const all = yield* using(http, (areas) => Stream.runCollect(areas.stream({ type: "circle" })))
      assert.deepStrictEqual(all, [{ id: 1 }, { id: 2 }])
      assert.deepStrictEqual(asked, ["GET /areas type=circle&page=1", "GET /areas type=circle&page=2"])
    })
  )

  it.effect("refuse ids and payloads that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<Call> = [
        (areas) => areas.get(""),
        (areas) => areas.delete(".."),
        (areas) => areas.getGroup(null as never),
        (areas) => areas.create({ name: "Depot" } as never),
        (areas) => areas.create({ type: "circle" } as never),
        (areas) => areas.create({ ...depot, name: null as never }),
        (areas) => areas.create({ ...depot, radius: Number.NaN }),
        (areas) => areas.create({ ...depot, coordinates: [{ lat: 1 }] }),
        (areas) => areas.update(1, { coordinates: [{ lat: 1, lng: Number.POSITIVE_INFINITY }] }),
        (areas) => areas.update(1, { coordinates: { lat: 1, lng: 2 } as never }),
        (areas) => areas.createGroup({} as never),
        (areas) => areas.updateGroup(1, { name: 5 as never })
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
