/** The operations on sensors and cameras: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import {
  Cameras,
  type CamerasService,
  LinxioDecodeError,
  LinxioValidationError,
  Sensors,
  type SensorsService
} from "linxio-effect"
import { answering } from "../support/answering.ts"

type Http = ReturnType<typeof answering>["http"]
type Call = (sensors: SensorsService) => Effect.Effect<unknown, unknown>

const using = <A, E>(http: Http, use: (sensors: SensorsService) => Effect.Effect<A, E>) =>
  Sensors.use(use).pipe(Effect.provide(Layer.provide(Sensors.layer(), http)))

const usingCameras = <A, E>(http: Http, use: (cameras: CamerasService) => Effect.Effect<A, E>) =>
  Cameras.use(use).pipe(Effect.provide(Layer.provide(Cameras.layer(), http)))

const calls: ReadonlyArray<readonly [string, Call]> = [
  ["GET /sensors fields[]=label&limit=5&page=2", (sensors) => sensors.list({ fields: ["label"], limit: 5, page: 2 })],
  ["GET /sensors/a1b2c3d4e5f6", (sensors) => sensors.get("a1b2c3d4e5f6")],
  ['POST /sensors/91/install {"deviceId":"545"}', (sensors) => sensors.install(91, "545")],
  [
    "GET /devices/sensors/report/temp-and-humidity dateFrom=1970-01-01T00:00:00.000Z&sensorId=91",
    (sensors) => sensors.deviceTemperatureHumidityReport({ dateFrom: new Date(0), sensorId: 91 })
  ],
  [
    "GET /vehicles/report/sensors/temp-and-humidity startDate=2026-06-01T00:00:00+08:00&endDate=2026-06-02T00:00:00+08:00&vehicleId=1&limit=9",
    (sensors) =>
      sensors.vehicleTemperatureHumidityReport({
        startDate: "2026-06-01T00:00:00+08:00",
        endDate: "2026-06-02T00:00:00+08:00",
        vehicleId: 1,
        limit: 9
      })
  ]
]

describe("Sensors", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it.effect("reads a sensor whose own id is a text or a number, and keeps the totals beside the page", () =>
    Effect.gen(function* () {
      const cooler = { id: 91, sensorId: "a1b2c3d4e5f6", type: "new word", createdBy: { id: "36421" }, extra: 1 }
      const other = { id: "92", sensorId: 92, label: null }
      const records = [{ ...cooler, team: [] }, other, null]
      const { http } = answering({ data: records, total: 3, aggregations: { online: 2 } })
      const { aggregations, data, meta } = yield* using(http, (sensors) => sensors.list())
      assert.deepStrictEqual(data, [{ ...cooler, team: {} }, other])
      assert.deepStrictEqual(aggregations, { online: 2 })
      assert.strictEqual(meta.invalid?.[0]?.index, 2)
    })
  )

  it.effect("reads readings whose numbers are texts, and one without an id", () =>
    Effect.gen(function* () {
      const { http } = answering({ result: { readings: [{ temperature: "4.5", humidity: null, sensorId: "91" }] } })
      const { data } = yield* using(http, (sensors) => sensors.deviceTemperatureHumidityReport())
      assert.deepStrictEqual(data, [{ temperature: 4.5, humidity: null, sensorId: "91" }])
    })
  )

  it.effect("streams the readings of all pages, also where no reading has an id", () =>
    Effect.gen(function* () {
      const page = (temperature: number) => ({ data: [{ temperature }], limit: 1, total: 2 })
      const { asked, http } = answering(page(4), page(5))
      const all = yield* using(http, (sensors) => Stream.runCollect(sensors.streamDeviceTemperatureHumidityReport()))
      assert.deepStrictEqual(all, [{ temperature: 4 }, { temperature: 5 }])
      assert.lengthOf(asked, 2)
    })
  )

  it.effect("refuses ids and ranges that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<Call> = [
        (sensors) => sensors.get(" "),
        (sensors) => sensors.install(1, {} as never),
        (sensors) => sensors.install(1, undefined as never),
        (sensors) => sensors.install(Number.NaN, 1),
        (sensors) => sensors.vehicleTemperatureHumidityReport({ startDate: "2026-06-02", endDate: "2026-06-01" }),
        (sensors) => sensors.deviceTemperatureHumidityReport({ dateFrom: "2026-06-02", dateTo: "2026-06-01" }),
        (sensors) => sensors.list({ limit: 0 })
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})

describe("Cameras", () => {
  it.effect("asks for a page of events and for all types, and keeps whatever fields they have", () =>
    Effect.gen(function* () {
      const event = { id: "9", provider: { any: [1] }, occurredAt: "soon" }
      const { asked, http } = answering({ data: [event], total: "1" }, [{ name: "distraction" }])
      const events = yield* usingCameras(http, (cameras) => cameras.events({ limit: 5, vehicleId: 1 }))
      assert.deepStrictEqual([events.data, events.total], [[event], 1])
      assert.deepStrictEqual((yield* usingCameras(http, (cameras) => cameras.eventTypes())).data, [
        { name: "distraction" }
      ])
      assert.deepStrictEqual(asked, [
        "GET /devices/cameras/events limit=5&vehicleId=1",
        "GET /devices/cameras/events/types"
      ])
    })
  )

  it.effect("streams the events of all pages, and fails for an answer without a list", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ data: [{ id }], limit: 1, total: 2 })
      const { asked, http } = answering(page(1), page(2), "no")
      assert.lengthOf(yield* usingCameras(http, (cameras) => Stream.runCollect(cameras.streamEvents())), 2)
      assert.instanceOf(yield* Effect.flip(usingCameras(http, (cameras) => cameras.eventTypes())), LinxioDecodeError)
      assert.lengthOf(asked, 3)
    })
  )
})
