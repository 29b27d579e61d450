/** The records beside and inside a device. Every field is optional and may be null, and fields that are not listed are kept. */
import type { LatLng } from "./common.ts"
import type { Id } from "./operation.ts"
import { all, anyObject, flag, id, list, number, record, text } from "./shape.ts"

/**
 * A model of devices.
 *
 * @example
 * ```ts
 * import type { DeviceModel } from "linxio-js"
 *
 * const model: DeviceModel = { id: 4, name: "FMB920", vendorId: 1 }
 * console.log(model.name) // => FMB920
 * ```
 */
export interface DeviceModel {
  /** The id of the model. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** The id of its vendor. */
  readonly vendorId?: Id | null
  readonly [field: string]: unknown
}

/**
 * A vendor of devices.
 *
 * @example
 * ```ts
 * import type { DeviceVendor } from "linxio-js"
 *
 * const names = ({ models }: DeviceVendor) => models?.map((model) => model.name)
 * console.log(names({ id: 1, models: [{ name: "FMB920" }] })) // => [ 'FMB920' ]
 * ```
 */
export interface DeviceVendor {
  /** The id of the vendor. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** Its models. */
  readonly models?: ReadonlyArray<DeviceModel> | null
  readonly [field: string]: unknown
}

/**
 * The installation of a device in a vehicle.
 *
 * @example
 * ```ts
 * import type { DeviceInstallation } from "linxio-js"
 *
 * const isOver = ({ uninstallDate }: DeviceInstallation) => uninstallDate != null
 * console.log(isOver({ installDate: "2026-06-08T09:00:00+08:00" })) // => false
 * ```
 */
export interface DeviceInstallation {
  /** The id of the installation. */
  readonly id?: Id | null
  /** The device, with fields that are not documented. */
  readonly device?: Readonly<Record<string, unknown>> | null
  /** The id of the device. */
  readonly deviceId?: Id | null
  /** The vehicle, with fields that are not documented. */
  readonly vehicle?: Readonly<Record<string, unknown>> | null
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** Its files, with fields that are not documented. */
  readonly files?: ReadonlyArray<Readonly<Record<string, unknown>>> | null
  /** When it was installed, ISO-8601: the name in responses. */
  readonly installDate?: string | null
  /** When it was installed, ISO-8601: the name in requests. */
  readonly installedAt?: string | null
  /** When it was taken out, ISO-8601: the name in responses. */
  readonly uninstallDate?: string | null
  /** When it was taken out, ISO-8601: the name in requests. */
  readonly uninstalledAt?: string | null
  /** In metres when it is set; the unit of a reading is not documented. */
  readonly odometer?: number | null
  readonly [field: string]: unknown
}

/**
 * A position that a device sent.
 *
 * @example
 * ```ts
 * import type { DeviceCoordinate } from "linxio-js"
 *
 * const at: DeviceCoordinate = { lat: -31.95, lng: 115.86, ts: "2026-06-08T12:00:00+08:00" }
 * console.log(at.lat) // => -31.95
 * ```
 */
export interface DeviceCoordinate extends LatLng {
  /** The id of the position. */
  readonly id?: Id | null
  /** The id of the device. */
  readonly deviceId?: Id | null
}

/**
 * A camera of a device.
 *
 * @example
 * ```ts
 * import type { DeviceCamera } from "linxio-js"
 *
 * const usable = (cameras: ReadonlyArray<DeviceCamera>) => cameras.filter((camera) => camera.isAvailable)
 * console.log(usable([{ id: 1, isAvailable: true }, { id: 2 }]).length) // => 1
 * ```
 */
export interface DeviceCamera {
  /** The id of the camera. */
  readonly id?: Id | null
  /** The id of the device. */
  readonly deviceId?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** A text; the set of values is open. */
  readonly type?: string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  /** Whether it can be watched. */
  readonly isAvailable?: boolean | null
  /** A URL. */
  readonly url?: string | null
  /** When the URL ends, ISO-8601. */
  readonly expiredAt?: string | null
  readonly [field: string]: unknown
}

/** The shape of a `DeviceModel`. */
export const deviceModel = record<DeviceModel>("DeviceModel", { ...all(id, "id vendorId"), name: text })

/** The shape of a `DeviceVendor`. */
export const deviceVendor = record<DeviceVendor>("DeviceVendor", { id, name: text, models: list(deviceModel) })

/** The shape of a `DeviceInstallation`. */
export const deviceInstallation = record<DeviceInstallation>("DeviceInstallation", {
  ...all(id, "id deviceId vehicleId"),
  ...all(anyObject, "device vehicle"),
  files: list(anyObject),
  ...all(text, "installDate installedAt uninstallDate uninstalledAt"),
  odometer: number
})

/** The shape of a `DeviceCoordinate`. */
export const deviceCoordinate = record<DeviceCoordinate>("DeviceCoordinate", {
  ...all(id, "id deviceId"),
  ...all(number, "lat lng"),
  ts: text
})

/** The shape of a `DeviceCamera`. */
export const deviceCamera = record<DeviceCamera>("DeviceCamera", {
  ...all(id, "id deviceId"),
  ...all(text, "name type status url expiredAt"),
  isAvailable: flag
})
