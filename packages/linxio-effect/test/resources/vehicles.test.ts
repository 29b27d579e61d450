/** The service of a domain: methods that are derived from its operations, and the list as a stream. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { HttpClient, LinxioDecodeError, LinxioValidationError, Vehicles, withCallOptions } from "linxio-effect"
import { vehicles as operations } from "linxio-effect/api/vehicles"
import { call } from "linxio-effect/resources/call"

/** Answers with these bodies, one after the other and the last ever after, and keeps what was asked. */
const answering = (...bodies: ReadonlyArray<unknown>) => {
  const asked: Array<string> = []
  const http = HttpClient.layerTest({
    execute: ({ method, url, urlParams }) =>
      Effect.sync(() => {
        asked.push(
          `${method} ${url} ${urlParams.params.map(([name, value]) => `${name}=${typeof value === "string" ? value : ""}`).join("&")}`.trim()
        )
        return Response.json(bodies[Math.min(asked.length, bodies.length) - 1])
      })
  })
  return { asked, layer: Layer.provideMerge(Vehicles.layer(), http) }
}

const page = (ids: ReadonlyArray<number>, total: number) => ({ data: ids.map((id) => ({ id })), limit: 2, total })

describe("Vehicles", () => {
  it.effect("has a method for each operation, and sends what the contract says", () =>
    Effect.gen(function* () {
      const { asked, layer } = answering({ id: 1, odometer: 5, engineHours: 1, count: 2, data: [] })
      yield* Effect.gen(function* () {
        const vehicles = yield* Vehicles
        yield* vehicles.get(1)
        yield* vehicles.update("2", { regNo: "A" })
        yield* vehicles.getOdometer(3, { occurredAt: new Date(0) })
        yield* vehicles.getEngineHours(4)
        yield* vehicles.archive(5)
        yield* vehicles.count({ status: "active" })
        yield* vehicles.types()
        yield* vehicles.types({ limit: 5, sort: undefined })
      }).pipe(Effect.provide(layer))
      assert.deepStrictEqual(asked, [
        "GET /vehicles/1",
        "POST /vehicles/2",
        "GET /vehicles/3/odometer occurredAt=1970-01-01T00:00:00.000Z",
        "GET /vehicles/4/engine-hours/current",
        "PATCH /vehicles/5/archive",
        "GET /vehicles/count status=active",
        "GET /vehicles/types limit=1000&sort=order",
        "GET /vehicles/types limit=5&sort=order"
      ])
    })
  )

  it.effect("streams page by page, and asks for no page that nobody wants", () =>
    Effect.gen(function* () {
      const { asked, layer } = answering(page([1, 2], 5), page([3, 4], 5), page([5], 5))
      const all = Stream.unwrap(Vehicles.useSync((vehicles) => vehicles.stream()))
      const two = yield* Stream.runCollect(Stream.take(all, 2)).pipe(Effect.provide(layer))
      assert.deepStrictEqual(two, [{ id: 1 }, { id: 2 }])
      assert.lengthOf(asked, 1)
      const again = answering(page([1, 2], 5), page([3, 4], 5), page([5], 5))
      const five = yield* Stream.runCollect(all).pipe(Effect.provide(again.layer))
      assert.lengthOf(five, 5)
      assert.lengthOf(again.asked, 3)
    })
  )

  it.effect("gathers all pages into one", () =>
    Effect.gen(function* () {
      const { layer } = answering(page([1, 2], 3), page([3], 3))
      const { data, meta } = yield* Vehicles.use((vehicles) => vehicles.iterate()).pipe(Effect.provide(layer))
      assert.deepStrictEqual(data, [{ id: 1 }, { id: 2 }, { id: 3 }])
      assert.deepStrictEqual(meta, { page: 1, limit: 2, total: 3 })
    })
  )

  it.effect("fails a strict list with the record that is broken, and says where it is", () =>
    Effect.gen(function* () {
      const { layer } = answering({ data: [{ id: 1 }, 7] })
      const list = Vehicles.use((vehicles) => vehicles.list())
      const failure = yield* Effect.flip(list).pipe(withCallOptions({ strict: true }), Effect.provide(layer))
      assert.instanceOf(failure, LinxioDecodeError)
      assert.include(failure.message, "data[1] should be an object")
    })
  )

  it.effect(
    "is named by its operation in a typed call, where an id is one segment and one that can be none is refused (I-33)",
    () =>
      Effect.gen(function* () {
        const { asked, layer } = answering({ odometer: "5" })
        const read = (vehicleId: string | number) => call(operations.getOdometer, { params: { vehicleId } })
        assert.strictEqual((yield* Effect.provide(read("a b"), layer)).odometer, 5)
        assert.deepStrictEqual(asked, ["GET /vehicles/a%20b/odometer"])
        for (const id of ["", " ", ".", "..", Number.NaN]) {
          assert.instanceOf(yield* Effect.flip(Effect.provide(read(id), layer)), LinxioValidationError)
        }
        assert.lengthOf(asked, 1)
      })
  )

  it.effect("has a double of which a test gives a part", () =>
    Effect.gen(function* () {
      const layer = Vehicles.layerTest({ count: () => Effect.succeed({ count: 7 }) })
      const { count } = yield* Effect.provide(
        Vehicles.use((vehicles) => vehicles.count()),
        layer
      )
      assert.strictEqual(count, 7)
    })
  )
})
