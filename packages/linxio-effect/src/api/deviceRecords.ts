/** The device record. Every field is optional and may be null, and fields that are not listed are kept. */
import {
  latLng,
  type LatLng,
  type TeamSummary,
  teamSummary,
  type UserAuditSummary,
  userAuditSummary
} from "./common.ts"
import type { Id } from "./operation.ts"
import {
  type DeviceInstallation,
  deviceInstallation,
  type DeviceModel,
  deviceModel,
  type DeviceVendor,
  deviceVendor
} from "./deviceParts.ts"
import { all, anyObject, either, flag, id, number, record, text } from "./shape.ts"

/**
 * A device: the tracker in a vehicle. A requested field without a value may be missing.
 *
 * @example
 * ```ts
 * import type { Device } from "linxio-js"
 *
 * const label = (device: Device) => device.imei ?? device.serial ?? String(device.id)
 * console.log(label({ id: 545, imei: "123456789012345" })) // => 123456789012345
 * ```
 */
export interface Device {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** The IMEI: 15 digits, as text. */
  readonly imei?: string | null
  /** The serial number. */
  readonly serial?: string | null
  /** Another serial number; how it differs is not documented. */
  readonly sn?: string | null
  /** The number of the SIM card. */
  readonly iccid?: string | null
  /** The subscriber of the SIM card. */
  readonly imsi?: string | null
  /** The phone number of the SIM card. */
  readonly phone?: string | null
  /** The port that it sends to. */
  readonly port?: number | null
  /** The version of its hardware. */
  readonly hw?: string | null
  /** The version of its software. */
  readonly sw?: string | null
  /** Its model: a record, or a name. */
  readonly model?: DeviceModel | string | null
  /** Its vendor: a record, or a name. */
  readonly vendor?: DeviceVendor | string | null
  /** An open word. */
  readonly usage?: string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  /** A text; the set of values is open. */
  readonly statusExt?: string | null
  /** ISO-8601. */
  readonly statusUpdatedAt?: string | null
  /** The id of the vehicle that it is in. */
  readonly vehicleId?: Id | null
  /** Its installation. */
  readonly deviceInstallation?: DeviceInstallation | null
  /** When it was installed, ISO-8601. */
  readonly installDate?: string | null
  /** When it was taken out, ISO-8601. */
  readonly uninstallDate?: string | null
  /** Whether a professional installed it. */
  readonly professionalInstall?: boolean | null
  /** Whether it has cameras. */
  readonly hasCameras?: boolean | null
  /** Whether it was deactivated. */
  readonly isDeactivated?: boolean | null
  /** Not documented. */
  readonly isFixWithSpeed?: boolean | null
  /** Whether it cannot be reached. */
  readonly isUnavailable?: boolean | null
  /** The last known position. */
  readonly lastCoordinates?: LatLng | null
  /** ISO-8601. */
  readonly lastActiveTime?: string | null
  /** ISO-8601. */
  readonly lastDataReceivedAt?: string | null
  /** What it sent last, with fields that are not documented. */
  readonly trackerData?: Readonly<Record<string, unknown>> | null
  /** The team that it belongs to. */
  readonly team?: TeamSummary | null
  /** ISO-8601. */
  readonly createdAt?: string | null
  /** Who created it. */
  readonly createdBy?: UserAuditSummary | null
  /** ISO-8601. */
  readonly updatedAt?: string | null
  /** Who changed it last. */
  readonly updatedBy?: UserAuditSummary | null
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a device; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { DeviceField } from "linxio-js"
 *
 * const fields: Array<DeviceField> = ["id", "imei", "status"]
 * ```
 */
export type DeviceField =
  | "id"
  | "imei"
  | "serial"
  | "status"
  | "vehicle"
  | "usage"
  | "vendor"
  | "model"
  | "trackerData"
  | "deviceInstallation"

/** The shape of a `Device`. */
export const device = record<Device>("Device", {
  ...all(id, "id vehicleId"),
  ...all(
    text,
    "imei serial sn iccid imsi phone hw sw usage status statusExt statusUpdatedAt installDate uninstallDate lastActiveTime lastDataReceivedAt createdAt updatedAt"
  ),
  port: number,
  ...all(flag, "professionalInstall hasCameras isDeactivated isFixWithSpeed isUnavailable"),
  model: either(text, deviceModel),
  vendor: either(text, deviceVendor),
  deviceInstallation,
  lastCoordinates: latLng,
  trackerData: anyObject,
  team: teamSummary,
  ...all(userAuditSummary, "createdBy updatedBy")
})
