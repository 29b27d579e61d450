/** The operation on routes: what it sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinxioDecodeError, LinxioValidationError, Routes, type RoutesService } from "linxio-effect"
import { answering } from "../support/answering.ts"

const using = <A, E>(http: ReturnType<typeof answering>["http"], use: (routes: RoutesService) => Effect.Effect<A, E>) =>
  Routes.use(use).pipe(Effect.provide(Layer.provide(Routes.layer(), http)))

describe("Routes", () => {
  it.effect("sends the range and the fields, and passes on what else it is given", () =>
    Effect.gen(function* () {
      const { asked, http } = answering([])
      const params = { dateFrom: new Date(0), dateTo: "2026-06-01T00:00:00+08:00", fields: ["coordinates"], limit: 5 }
      yield* using(http, (routes) => routes.getVehicleRoutes("a b", params))
      assert.deepStrictEqual(asked, [
        "GET /vehicles/a%20b/routes dateFrom=1970-01-01T00:00:00.000Z&dateTo=2026-06-01T00:00:00+08:00&fields[]=coordinates&limit=5"
      ])
    })
  )

  it.effect(
    "reads routes whose distance is a text and whose coordinates are null, and tells of a group that is broken",
    () =>
      Effect.gen(function* () {
        const route = {
          id: "9",
          type: "new word",
          distance: "12.5",
          coordinates: null,
          scope: [1],
          pointStart: { lastCoordinates: null }
        }
        const groups = [
          {
            vehicleId: 1,
            driverId: null,
            routes: [route, { id: 2, coordinates: [{ lat: "1", lng: 2, nullable: true }] }]
          },
          { routes: "none" },
          { vehicleId: "2", extra: true }
        ]
        for (const body of [groups, { data: groups }, { result: { routes: groups } }]) {
          const { http } = answering(body)
          const { data, meta } = yield* using(http, (routes) => routes.getVehicleRoutes(1))
          assert.deepStrictEqual(data, [
            {
              vehicleId: 1,
              driverId: null,
              routes: [
                { ...route, distance: 12.5 },
                { id: 2, coordinates: [{ lat: 1, lng: 2, nullable: true }] }
              ]
            },
            { vehicleId: "2", extra: true }
          ])
          assert.strictEqual(meta.invalid?.[0]?.index, 1)
        }
        const failure = yield* Effect.flip(using(answering({ id: 1 }).http, (routes) => routes.getVehicleRoutes(1)))
        assert.instanceOf(failure, LinxioDecodeError)
      })
  )

  it.effect("has no pages to walk through", () =>
    Effect.gen(function* () {
      const names = yield* using(answering([]).http, (routes) => Effect.succeed(Object.keys(routes)))
      assert.deepStrictEqual(names, ["getVehicleRoutes"])
    })
  )

  it.effect("refuses an id and a range that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering([])
      const turned = { dateFrom: "2026-06-02T00:00:00+08:00", dateTo: "2026-06-01T23:00:00Z" }
      for (const [id, params] of [
        ["", {}],
        [1, { ...turned, dateTo: "2026-06-01T15:00:00Z" }],
        [1, { fields: "coordinates" as never }],
        [1, { feilds: ["address"] }]
      ] as const) {
        assert.instanceOf(
          yield* Effect.flip(using(http, (routes) => routes.getVehicleRoutes(id, params))),
          LinxioValidationError
        )
      }
      assert.deepStrictEqual(asked, [])
      // Times are compared, not texts: 00:00 at +08:00 is 16:00 of the day before.
      yield* using(http, (routes) => routes.getVehicleRoutes(1, turned))
      assert.lengthOf(asked, 1)
    })
  )
})
