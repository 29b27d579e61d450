/** The operations on devices, the trackers in vehicles, from public sources only. */
import { deviceCamera, deviceCoordinate, deviceInstallation, deviceVendor } from "./deviceParts.ts"
import { device, type DeviceField } from "./deviceRecords.ts"
import { done, type Filters, type Id, listParams, one, operation, page, params, perhaps } from "./operation.ts"
import { sensor, type SensorField } from "./sensorRecords.ts"
import { all, anyObject, id, needed, number, record, text } from "./shape.ts"

export type * from "./deviceParts.ts"
export type * from "./deviceRecords.ts"

/**
 * The fields of a device to create or to change. No field is documented as required; Linxio answers 422 if a tenant requires one.
 *
 * @example
 * ```ts
 * import type { DevicePayload, LinxioClient } from "linxio-js"
 *
 * const tracker: DevicePayload = { imei: "123456789012345", typeId: 2 }
 * const create = (linxio: LinxioClient) => linxio.devices.create(tracker)
 * ```
 */
export interface DevicePayload {
  /** The IMEI: 15 digits, as text. */
  readonly imei?: string | undefined
  /** The serial number. */
  readonly serial?: string | undefined
  /** The id of its type. */
  readonly typeId?: Id | undefined
  /** An open word. */
  readonly usage?: string | undefined
  /** The id of its vendor, see `devices.vendors`. */
  readonly vendorId?: Id | undefined
  readonly [field: string]: unknown
}

/**
 * Where and when a device is installed.
 *
 * @example
 * ```ts
 * import type { DeviceInstallationPayload } from "linxio-js"
 *
 * const now: DeviceInstallationPayload = { vehicleId: 1, installedAt: new Date(), odometer: 120_500 }
 * ```
 */
export interface DeviceInstallationPayload {
  /** The id of the vehicle. */
  readonly vehicleId: Id
  /** ISO-8601 with an offset, or a `Date`. Responses call it `installDate`. */
  readonly installedAt?: string | Date | undefined
  /** Metres. */
  readonly odometer?: number | undefined
  readonly [field: string]: unknown
}

/**
 * When a device is taken out of its vehicle.
 *
 * @example
 * ```ts
 * import type { DeviceUninstallPayload } from "linxio-js"
 *
 * const now: DeviceUninstallPayload = { uninstalledAt: new Date() }
 * ```
 */
export interface DeviceUninstallPayload {
  /** ISO-8601 with an offset, or a `Date`. Responses call it `uninstallDate`. */
  readonly uninstalledAt?: string | Date | undefined
  /** Metres. */
  readonly odometer?: number | undefined
  readonly [field: string]: unknown
}

/**
 * The parameters of `coordinates`. Linxio wanted the range when it was called live, although the public types call it optional.
 *
 * @example
 * ```ts
 * import type { DeviceCoordinateParams } from "linxio-js"
 *
 * const june: DeviceCoordinateParams = { dateFrom: "2026-06-01T00:00:00+08:00", dateTo: "2026-06-30T00:00:00+08:00" }
 * ```
 */
export interface DeviceCoordinateParams extends Filters {
  /** The start: ISO-8601 with an offset, or a `Date`. */
  readonly dateFrom?: string | Date | undefined
  /** The end: ISO-8601 with an offset, or a `Date`; not before the start. */
  readonly dateTo?: string | Date | undefined
  /** A text; its values are not documented. */
  readonly filter?: string | undefined
  /** Not documented; by its name, the times of the range then count for each of its days. */
  readonly sameTimeEachDay?: boolean | undefined
}

/**
 * The parameters of `installation`: give one of the two.
 *
 * @example
 * ```ts
 * import type { DeviceInstallationLookupParams } from "linxio-js"
 *
 * const byPlate: DeviceInstallationLookupParams = { vehicleRegNo: "LNX-001" }
 * ```
 */
export interface DeviceInstallationLookupParams extends Filters {
  /** The IMEI of the device. */
  readonly deviceImei?: string | undefined
  /** The registration number of the vehicle. */
  readonly vehicleRegNo?: string | undefined
}

const devicePayload = record<DevicePayload>("DevicePayload", {
  ...all(text, "imei serial usage"),
  ...all(id, "typeId vendorId")
})

/** The operations, by the names of the methods that offer them. */
export const devices = {
  /** A page of devices. Documented. */
  list: operation("GET", "/devices/json", "OL", page(device, "devices"), { query: listParams<DeviceField>() }),
  /** One device. Documented. */
  get: operation("GET", "/devices/:deviceId", "OP", one(device)),
  /** Creates a device. Documented. */
  create: operation("POST", "/devices", "O", one(device), { payload: devicePayload }),
  /** Changes what is given; a PATCH, where a vehicle is changed with a POST. Documented. */
  update: operation("PATCH", "/devices/:deviceId", "O", one(device), { payload: devicePayload }),
  /** Installs a device in a vehicle. Documented. */
  install: operation("POST", "/devices/:deviceId/install", "O", one(device), {
    payload: record<DeviceInstallationPayload>("DeviceInstallationPayload", {
      vehicleId: needed(id),
      installedAt: text,
      odometer: number
    })
  }),
  /** Takes a device out of its vehicle. Documented. */
  uninstall: operation("POST", "/devices/:deviceId/uninstall", "O", one(device), {
    payload: record<DeviceUninstallPayload>("DeviceUninstallPayload", { uninstalledAt: text, odometer: number })
  }),
  /** Takes a device out of use; `restore` brings it back. Derived from the dashboard. */
  archive: operation("PATCH", "/devices/:deviceId/archive", "D", done, { idempotent: true }),
  /** Brings an archived device back. Unverified. */
  restore: operation("PATCH", "/devices/:deviceId/restore", "U", done, { idempotent: true }),
  /** The positions that a device sent in a range, all at once. Derived from the dashboard. */
  coordinates: operation("GET", "/devices/:deviceId/coordinates", "DP", page(deviceCoordinate, "coordinates"), {
    query: params<DeviceCoordinateParams>("dateFrom", "dateTo", "filter", "sameTimeEachDay")
  }),
  /** A page of the sensors that were connected to a device. Derived from the dashboard. */
  sensors: operation("GET", "/devices/:deviceId/sensors/history", "DL", page(sensor, "sensors"), {
    query: listParams<SensorField>()
  }),
  /** What happened to a device; the fields depend on the device. Derived from the dashboard. */
  history: operation("GET", "/devices/:deviceId/history", "DP", page(anyObject, "history")),
  /** The vendors with their models; the path ends in a slash. Derived from the dashboard. */
  vendors: operation("GET", "/devices/vendors/", "DL", page(deviceVendor, "vendors")),
  /** The installation of the device with an IMEI or in a vehicle, or null; the path ends in a slash. Derived from the dashboard. */
  installation: operation("GET", "/devices/installation/", "DL", perhaps(deviceInstallation), {
    query: params<DeviceInstallationLookupParams>("deviceImei", "vehicleRegNo")
  }),
  /** The cameras of a device. Derived from the dashboard. */
  cameras: operation("GET", "/devices/:deviceId/cameras", "DP", page(deviceCamera, "cameras"))
}
