/** The operations on fuel: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Fuel, type FuelService, LinxioDecodeError, LinxioValidationError } from "linxio-effect"
import { fuel as operations } from "linxio-effect/api/fuel"
import { answering } from "../support/answering.ts"

const using = <A, E>(http: ReturnType<typeof answering>["http"], use: (fuel: FuelService) => Effect.Effect<A, E>) =>
  Fuel.use(use).pipe(Effect.provide(Layer.provide(Fuel.layer(), http)))

const calls: ReadonlyArray<readonly [string, (fuel: FuelService) => Effect.Effect<unknown, unknown>]> = [
  [
    "GET /fuel-cards/json fields[]=refueled&limit=5&vehicleId=1&updatedAt[gte]=1970-01-01T00:00:00.000Z",
    (fuel) => fuel.records({ fields: ["refueled"], limit: 5, vehicleId: 1, "updatedAt[gte]": new Date(0) })
  ],
  ["GET /fuel-cards/json page=2", (fuel) => fuel.cards({ page: 2 })],
  ["GET /fuel-cards-by-vehicle/json vehicleId=304", (fuel) => fuel.recordsByVehicle({ vehicleId: "304" })],
  [
    "GET /fuel-summary-report startDate=2026-06-01T00:00:00+08:00&endDate=1970-01-01",
    (fuel) => fuel.summary({ startDate: "2026-06-01T00:00:00+08:00", endDate: undefined, sort: null as never })
  ],
  ["GET /fuel-types", (fuel) => fuel.fuelTypes()],
  ['PATCH /fuel-cards/record/a%2Fb {"vehicleId":7}', (fuel) => fuel.assignTransaction("a/b", 7)]
]

describe("Fuel", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent.replace("&endDate=1970-01-01", "")])
    })
  )

  it.effect(
    "reads a record whose numbers are texts, whose driver is a name or a record, and keeps what it does not know",
    () =>
      Effect.gen(function* () {
        const records = [
          { id: "36421", fuelPrice: "1.85", refueled: "48.2", total: null, driver: "Driver 1", vehicle: [], extra: 1 },
          { id: 2, driver: { id: 7, fullName: "Driver 2" }, vehicle: { id: 1 }, transactionDate: "yesterday" },
          { total: "much" }
        ]
        const { http } = answering({ result: { fuelCards: records, total: "3" } })
        const { data, meta, total } = yield* using(http, (fuel) => fuel.records())
        assert.deepStrictEqual(data, [
          { id: "36421", fuelPrice: 1.85, refueled: 48.2, total: null, driver: "Driver 1", vehicle: {}, extra: 1 },
          { id: 2, driver: { id: 7, fullName: "Driver 2" }, vehicle: { id: 1 }, transactionDate: "yesterday" }
        ])
        assert.strictEqual(total, 3)
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [2]
        )
      })
  )

  it.effect("reads the same answer as records and as cards", () =>
    Effect.gen(function* () {
      const record = { id: 1, cardNumber: "7001", vehicleId: "3", refueled: "40" }
      const { http } = answering([record])
      assert.deepStrictEqual((yield* using(http, (fuel) => fuel.cards())).data, [record])
      assert.deepStrictEqual((yield* using(http, (fuel) => fuel.records())).data, [{ ...record, refueled: 40 }])
      assert.strictEqual(operations.cards.path, operations.records.path)
    })
  )

  it.effect("reads the types of fuel from a bare array and from every other envelope of a list", () =>
    Effect.gen(function* () {
      const types = [{ id: 1, name: "Diesel", anything: [1] }]
      for (const body of [types, { data: types }, { result: types }, { result: { fuelTypes: types } }]) {
        const { http } = answering(body)
        assert.deepStrictEqual((yield* using(http, (fuel) => fuel.fuelTypes())).data, types)
      }
      const { http } = answering({ id: 1 })
      assert.instanceOf(yield* Effect.flip(using(http, (fuel) => fuel.fuelTypes())), LinxioDecodeError)
    })
  )

  it.effect("streams the records of all pages", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ data: [{ id }], limit: 1, total: 2 })
      const { asked, http } = answering(page(1), page(2))
      const ids = yield* using(http, (fuel) => Stream.runCollect(fuel.streamRecords({ vehicleId: 1 })))
      assert.deepStrictEqual(ids, [{ id: 1 }, { id: 2 }])
      assert.deepStrictEqual(asked, [
        "GET /fuel-cards/json vehicleId=1&page=1",
        "GET /fuel-cards/json vehicleId=1&page=2"
      ])
    })
  )

  it.effect("refuses ids that can be none, and a range that is turned round, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<(fuel: FuelService) => Effect.Effect<unknown, unknown>> = [
        (fuel) => fuel.assignTransaction("", 1),
        (fuel) => fuel.assignTransaction(1, {} as never),
        (fuel) => fuel.assignTransaction(1, Number.NaN),
        (fuel) => fuel.assignTransaction(1, undefined as never),
        (fuel) => fuel.summary({ startDate: "2026-06-02", endDate: "2026-06-01" })
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
