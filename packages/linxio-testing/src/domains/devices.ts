/** Devices: the trackers in vehicles. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { SeededRecord } from "../Options.ts"
import { positionsBetween } from "../state/positions.ts"
import type { StateCell } from "../state/serverState.ts"
import { type Refusal, reject } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { Call, HandlersOf } from "./call.ts"
import { collection, iso, mostOnAPage } from "./collection.ts"
import { asksFor, coordinates, rangeOf, withPosition } from "./driven.ts"
import { paged } from "./lists.ts"

const devices = collection("devices", "Device", "deviceId")

const vendors = [
  {
    id: 1,
    name: "Northstar",
    models: [
      { id: 4, name: "NS-200", vendorId: 1 },
      { id: 5, name: "NS-300", vendorId: 1 }
    ]
  },
  { id: 2, name: "Wayline", models: [{ id: 6, name: "W1", vendorId: 2 }] }
]

/** The id of the vehicle that a device is in. */
const vehicleOf = ({ vehicleId }: SeededRecord): number | string | undefined =>
  typeof vehicleId === "number" || typeof vehicleId === "string" ? vehicleId : undefined

const located = (device: SeededRecord, now: number): SeededRecord => {
  const vehicleId = vehicleOf(device)
  return vehicleId === undefined ? device : withPosition(device, vehicleId, now)
}

/** What a tenant may check; which rules Linxio has, is not public. */
const checked = (
  state: StateCell,
  { imei }: { readonly imei?: unknown },
  self: number | string | undefined
): Effect.Effect<void, Refusal> => {
  if (imei === undefined && self !== undefined) return Effect.void
  if (typeof imei !== "string" || !/^\d{15}$/.test(imei))
    return Effect.fail(reject(422, { imei: "This value should have 15 digits." }))
  return devices.all(state).some((other) => other["imei"] === imei && other.id !== self)
    ? Effect.fail(reject(422, { imei: "This value is already used." }))
    : Effect.void
}

/** A time of the payload; without one, now. */
const momentOf = (name: string, given: string | Date | undefined, now: number): Effect.Effect<number, Refusal> => {
  const at = given === undefined ? now : new Date(given).getTime()
  return Number.isNaN(at)
    ? Effect.fail(reject(422, { [name]: "This value is not a valid datetime." }))
    : Effect.succeed(at)
}

const install = Effect.fnUntraced(function* (call: Call<"devices.install">) {
  const { now, payload, state } = call
  const device = yield* devices.find(call)
  if (vehicleOf(device) !== undefined) return yield* reject(422, { deviceId: "This device is already installed." })
  const vehicle = state.current.vehicles.find(({ id }) => String(id) === String(payload.vehicleId))
  if (vehicle === undefined) return yield* reject(422, { vehicleId: "This vehicle does not exist." })
  const { id: vehicleId, regNo } = vehicle
  const at = yield* momentOf("installedAt", payload.installedAt, now)
  const installDate = iso(at)
  const { odometer = null } = payload
  const deviceInstallation = { deviceId: device.id, vehicleId, installDate, uninstallDate: null, odometer, files: [] }
  const vehicleFields = { vehicleId, vehicle: { id: vehicleId, regNo } }
  return yield* devices.change(call, { ...vehicleFields, installDate, uninstallDate: null, deviceInstallation })
})

const uninstall = Effect.fnUntraced(function* (call: Call<"devices.uninstall">) {
  const device = yield* devices.find(call)
  if (vehicleOf(device) === undefined) return yield* reject(422, { deviceId: "This device is not installed." })
  const uninstallDate = iso(yield* momentOf("uninstalledAt", call.payload.uninstalledAt, call.now))
  return yield* devices.change(call, { vehicleId: null, vehicle: null, uninstallDate, deviceInstallation: null })
})

/** What the operations do. */
export const devicesHandlers: HandlersOf<"devices"> = {
  list: ({ now, query, state }) => {
    const all = devices.all(state)
    const page = paged(all, query, mostOnAPage)
    if (!asksFor(query, "lastCoordinates")) return page
    const byId = new Map(all.map((device) => [device.id, device]))
    return Effect.map(page, ({ data, ...rest }) => ({
      ...rest,
      data: data.map((device) => {
        const { lastCoordinates } = located(byId.get(device.id) ?? device, now)
        return lastCoordinates === undefined ? device : { ...device, lastCoordinates }
      })
    }))
  },

  get: devices.find,

  create: (call) =>
    Effect.andThen(checked(call.state, call.payload, undefined), devices.create(call, { status: "offline" })),

  update: (call) =>
    Effect.flatMap(devices.find(call), ({ id }) =>
      Effect.andThen(checked(call.state, call.payload, id), devices.update(call))
    ),

  install,

  uninstall,

  archive: devices.withStatus("archived"),

  restore: devices.withStatus("active"),

  coordinates: Effect.fnUntraced(function* (call) {
    const { now, query } = call
    const device = yield* devices.find(call)
    if (query["dateFrom"] === undefined || query["dateTo"] === undefined)
      return yield* reject(400, { dateFrom: "A range of dateFrom and dateTo is required." })
    const { from, to } = yield* rangeOf(query, now)
    const vehicleId = vehicleOf(device)
    if (vehicleId === undefined) return []
    const installed = Date.parse(String(device["installDate"]))
    const first = Number.isNaN(installed) ? from : Math.max(from, installed)
    return positionsBetween(vehicleId, first, Math.min(to, now)).map((position) => ({
      id: `${device.id}-${position.at / 1000}`,
      deviceId: device.id,
      ...coordinates(position)
    }))
  }),

  sensors: Effect.fnUntraced(function* (call) {
    const { id } = yield* devices.find(call)
    const own = call.state.current.records.sensors.filter(({ deviceId }) => String(deviceId) === String(id))
    return yield* paged(own, call.query, mostOnAPage)
  }),

  history: (call) =>
    Effect.map(devices.find(call), ({ createdAt, installDate, uninstallDate }) =>
      Object.entries({ created: createdAt, installed: installDate, uninstalled: uninstallDate })
        .filter(([, occurredAt]) => typeof occurredAt === "string")
        .map(([event, occurredAt]) => ({ event, occurredAt }))
    ),

  vendors: () => Effect.succeed(vendors),

  installation: ({ query: { deviceImei, vehicleRegNo }, state }) =>
    Effect.sync(() => {
      const vehicles = state.current.vehicles.filter(({ regNo }) => regNo !== undefined && regNo === vehicleRegNo)
      const isMeant = (device: SeededRecord): boolean =>
        deviceImei === undefined
          ? vehicles.some(({ id }) => String(id) === String(device["vehicleId"]))
          : device["imei"] === deviceImei
      const device = devices.all(state).find((each) => vehicleOf(each) !== undefined && isMeant(each))
      if (device === undefined) return {}
      const { deviceInstallation, id, imei, installDate, vehicle, vehicleId } = device
      const known: object = Object(deviceInstallation)
      const found = { installDate, ...known, deviceId: id, device: { id, imei }, vehicleId, vehicle }
      // A cast: what a seeded record has in its fields is not known; the encoder checks it.
      return found as Reply<"devices.installation">
    }),

  cameras: (call) =>
    Effect.map(devices.find(call), ({ hasCameras, id, status }) =>
      hasCameras === true
        ? ["Road", "Driver"].map((name, index) => ({
            id: `${id}-${index + 1}`,
            deviceId: id,
            name,
            type: name.toLowerCase(),
            status: String(status),
            isAvailable: status === "online"
          }))
        : []
    )
}
