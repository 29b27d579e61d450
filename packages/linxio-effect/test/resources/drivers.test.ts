/** The operations on drivers: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Drivers, type DriversService, LinxioDecodeError, LinxioValidationError } from "linxio-effect"
import { drivers as operations } from "linxio-effect/api/drivers"
import { answering } from "../support/answering.ts"

type Call = (drivers: DriversService) => Effect.Effect<unknown, unknown>

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (drivers: DriversService) => Effect.Effect<A, E>
) => Drivers.use(use).pipe(Effect.provide(Layer.provide(Drivers.layer(), http)))

const calls: ReadonlyArray<readonly [string, Call]> = [
  [
    "GET /drivers fields[]=fullName&limit=5&status=active",
    (drivers) => drivers.list({ fields: ["fullName"], limit: 5, status: "active" })
  ],
  ["GET /drivers", (drivers) => drivers.list({ clientId: undefined })],
  ["GET /clients/12/users limit=5&role=driver", (drivers) => drivers.list({ clientId: 12, limit: 5 })],
  [
    "GET /clients/a%2Fb/users role=driver&fields[]=id",
    (drivers) => drivers.list({ role: "admin", fields: ["id"], clientId: "a/b" })
  ],
  ["POST /vehicle/304/set-driver/36541 {}", (drivers) => drivers.assignToVehicle(304, "36541")],
  ["POST /vehicle/304/unset-driver/36541 {}", (drivers) => drivers.unassignFromVehicle("304", 36541)]
]

describe("Drivers", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it("are retried after a change only where twice is the same as once", () => {
    assert.deepStrictEqual(
      [operations.list, operations.assignToVehicle, operations.unassignFromVehicle].map(
        ({ idempotent }) => idempotent ?? false
      ),
      [false, true, true]
    )
  })

  it.effect("of a client account are read from its users on every page, and `role` cannot be changed", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ data: [{ id }], limit: 1, total: 2 })
      const expected = ["GET /clients/9/users role=driver&page=1", "GET /clients/9/users role=driver&page=2"]
      const streamed = answering(page(1), page(2))
      const params = { clientId: 9, role: "admin" }
      const all = yield* using(streamed.http, (drivers) => Stream.runCollect(drivers.stream(params)))
      assert.deepStrictEqual(all, [{ id: 1 }, { id: 2 }])
      assert.deepStrictEqual(streamed.asked, expected)
      const iterated = answering(page(1), page(2))
      assert.lengthOf((yield* using(iterated.http, (drivers) => drivers.iterate(params))).data, 2)
      assert.deepStrictEqual(iterated.asked, expected)
    })
  )

  it.effect("are read under the names of both paths, with a role that is a text or an object (C-1)", () =>
    Effect.gen(function* () {
      const records = [
        { id: "36541", name: "Ada", surname: null, phone: "1", role: "driver", extra: 1 },
        { id: 2, role: { id: 3, name: "driver" } },
        { id: 3, phone: 5 }
      ]
      for (const body of [records, { result: { drivers: records } }, { result: { users: records } }]) {
        const { data, meta } = yield* using(answering(body).http, (drivers) => drivers.list({ clientId: 1 }))
        assert.deepStrictEqual<unknown>(data, records.slice(0, 2))
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [2]
        )
      }
      const { http } = answering({ vehicles: records })
      assert.instanceOf(yield* Effect.flip(using(http, (drivers) => drivers.list())), LinxioDecodeError)
    })
  )

  it.effect("of a client account whose id can be none are refused, and those of everybody are not read instead", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      for (const clientId of ["", " ", "0", 0, null, Number.NaN, "..", {}, []]) {
        const params = { clientId } as never
        const wrong: ReadonlyArray<Call> = [
          (drivers) => drivers.list(params),
          (drivers) => drivers.iterate(params),
          (drivers) => Stream.runCollect(drivers.stream(params))
        ]
        for (const call of wrong)
          assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError, JSON.stringify(clientId))
      }
      const others: ReadonlyArray<Call> = [
        (drivers) => drivers.assignToVehicle(1, ""),
        (drivers) => drivers.unassignFromVehicle("..", 1)
      ]
      for (const call of others) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
