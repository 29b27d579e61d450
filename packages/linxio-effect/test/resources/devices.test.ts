/** The operations on devices: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Devices, type DevicesService, LinxioDecodeError, LinxioValidationError } from "linxio-effect"
import { devices as operations } from "linxio-effect/api/devices"
import { answering } from "../support/answering.ts"

type Call = (devices: DevicesService) => Effect.Effect<unknown, unknown>

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (devices: DevicesService) => Effect.Effect<A, E>
) => Devices.use(use).pipe(Effect.provide(Layer.provide(Devices.layer(), http)))

const calls: ReadonlyArray<readonly [string, Call]> = [
  [
    "GET /devices/json fields[]=id&fields[]=imei&limit=5&status=online",
    (devices) => devices.list({ fields: ["id", "imei"], limit: 5, status: "online" })
  ],
  ["GET /devices/545", (devices) => devices.get("545")],
  [
    'POST /devices {"imei":"123456789012345","typeId":2}',
    (devices) => devices.create({ imei: "123456789012345", typeId: 2 })
  ],
  ['PATCH /devices/a%2Fb {"vendorId":"7"}', (devices) => devices.update("a/b", { vendorId: "7" })],
  [
    'POST /devices/1/install {"vehicleId":3,"installedAt":"1970-01-01T00:00:00.000Z","odometer":5}',
    (devices) => devices.install(1, { vehicleId: 3, installedAt: new Date(0), odometer: 5 })
  ],
  [
    'POST /devices/1/uninstall {"uninstalledAt":"2026-06-01T00:00:00+08:00"}',
    (devices) => devices.uninstall(1, { uninstalledAt: "2026-06-01T00:00:00+08:00" })
  ],
  ["PATCH /devices/1/archive {}", (devices) => devices.archive(1)],
  ["PATCH /devices/1/restore {}", (devices) => devices.restore(1)],
  [
    "GET /devices/1/coordinates dateFrom=1970-01-01T00:00:00.000Z&dateTo=2026-06-01T00:00:00+08:00&filter=x&sameTimeEachDay=true",
    (devices) =>
      devices.coordinates(1, {
        dateFrom: new Date(0),
        dateTo: "2026-06-01T00:00:00+08:00",
        filter: "x",
        sameTimeEachDay: true
      })
  ],
  [
    "GET /devices/1/sensors/history fields[]=label&page=2",
    (devices) => devices.sensors(1, { fields: ["label"], page: 2 })
  ],
  ["GET /devices/1/history", (devices) => devices.history(1)],
  ["GET /devices/vendors/", (devices) => devices.vendors()],
  [
    "GET /devices/installation/ deviceImei=350000000000011",
    (devices) => devices.installation({ deviceImei: "350000000000011" })
  ],
  ["GET /devices/installation/ vehicleRegNo=LNX 001", (devices) => devices.installation({ vehicleRegNo: "LNX 001" })],
  ["GET /devices/1/cameras", (devices) => devices.cameras(1)]
]

describe("Devices", () => {
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
    assert.deepStrictEqual(names, ["archive", "restore"])
  })

  it.effect(
    "reads a device whose model and vendor are records or names, whose numbers are texts, and keeps what it does not know",
    () =>
      Effect.gen(function* () {
        const records = [
          { id: "545", port: "5027", model: "FMB920", vendor: { id: 1, models: [{ id: "4" }] }, team: [], extra: 1 },
          {
            id: 2,
            model: { id: 4, name: "FMB920" },
            vendor: null,
            status: "new word",
            lastCoordinates: { lat: "1.5", lng: null }
          },
          { hasCameras: "yes" }
        ]
        const { http } = answering({ data: records, page: "1", limit: null, total: "3", aggregations: null })
        const { data, meta, total } = yield* using(http, (devices) => devices.list())
        assert.deepStrictEqual(data, [
          { id: "545", port: 5027, model: "FMB920", vendor: { id: 1, models: [{ id: "4" }] }, team: {}, extra: 1 },
          {
            id: 2,
            model: { id: 4, name: "FMB920" },
            vendor: null,
            status: "new word",
            lastCoordinates: { lat: 1.5, lng: null }
          }
        ])
        assert.strictEqual(total, 3)
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [2]
        )
      })
  )

  it.effect("keeps an installation whose only array is empty, and gives null where there is none (B-1)", () =>
    Effect.gen(function* () {
      const found = {
        deviceId: 545,
        files: [],
        installDate: "2026-06-01T00:00:00+00:00",
        odometer: "5",
        vehicle: { id: 1 }
      }
      const first = yield* using(answering(found).http, (devices) => devices.installation({ vehicleRegNo: "A" }))
      assert.deepStrictEqual(first, { ...found, odometer: 5 })
      for (const nothing of [{}, [], null, new Response(null, { status: 204 })]) {
        assert.isNull(yield* using(answering(nothing).http, (devices) => devices.installation({ deviceImei: "1" })))
      }
    })
  )

  it.effect(
    "reads coordinates, vendors, cameras and history from a bare array and from every other envelope (B-4)",
    () =>
      Effect.gen(function* () {
        const lists: ReadonlyArray<
          readonly [string, (devices: DevicesService) => Effect.Effect<{ data: unknown }, unknown>]
        > = [
          ["coordinates", (devices) => devices.coordinates(1)],
          ["vendors", (devices) => devices.vendors()],
          ["cameras", (devices) => devices.cameras(1)],
          ["history", (devices) => devices.history(1)]
        ]
        const records = [{ id: 1, any: [1] }]
        for (const [name, list] of lists) {
          for (const body of [records, { data: records }, { result: records }, { result: { [name]: records } }]) {
            assert.deepStrictEqual((yield* using(answering(body).http, list)).data, records)
          }
          assert.instanceOf(yield* Effect.flip(using(answering({ id: 1 }).http, list)), LinxioDecodeError)
        }
      })
  )

  it.effect("tells of a position that cannot be read, and keeps the others", () =>
    Effect.gen(function* () {
      const { http } = answering([{ lat: "-31.95", lng: 115.86 }, { lat: "north" }, { lat: 1, lng: 2, ts: null }])
      const { data, meta } = yield* using(http, (devices) => devices.coordinates(1))
      assert.deepStrictEqual(data, [
        { lat: -31.95, lng: 115.86 },
        { lat: 1, lng: 2, ts: null }
      ])
      assert.strictEqual(meta.invalid?.[0]?.index, 1)
    })
  )

  it.effect("streams the devices, and the sensors of a device, of all pages", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ data: [{ id }], limit: 1, total: 2 })
      const { asked, http } = answering(page(1), page(2), page(1), page(2))
      yield* using(http, (devices) => Stream.runCollect(devices.stream()))
      yield* using(http, (devices) => Stream.runCollect(devices.streamSensors(7)))
      assert.deepStrictEqual(asked, [
        "GET /devices/json page=1",
        "GET /devices/json page=2",
        "GET /devices/7/sensors/history page=1",
        "GET /devices/7/sensors/history page=2"
      ])
    })
  )

  it.effect("refuses ids, payloads and ranges that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<Call> = [
        (devices) => devices.get(""),
        (devices) => devices.history(".."),
        (devices) => devices.install(1, {} as never),
        (devices) => devices.install(1, { vehicleId: null } as never),
        (devices) => devices.install(1, { vehicleId: 1, odometer: "many" } as never),
        (devices) => devices.uninstall(1, [] as never),
        (devices) => devices.create({ imei: 5 } as never),
        (devices) => devices.coordinates(1, { dateFrom: "2026-06-02", dateTo: "2026-06-01" }),
        (devices) => devices.coordinates(1, { dateFrom: new Date(Number.NaN) })
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
