/** Drivers, and which vehicle each drives. The operations and their records, from public sources only. */
import { done, type Id, type ListParams, operation, page, params } from "./operation.ts"
import { all, id, record, text } from "./shape.ts"
import { userRole, type UserRole } from "./userRecords.ts"

/**
 * A driver. To change one, change the user: `users.update`, or `clients.updateUser`, with `firstName` and `lastName`.
 *
 * @example
 * ```ts
 * import type { Driver } from "linxio-js"
 *
 * const nameOf = ({ fullName, name, surname }: Driver) => fullName ?? [name, surname].filter(Boolean).join(" ")
 * console.log(nameOf({ id: 1, name: "Ada", surname: "Lovelace" })) // => Ada Lovelace
 * ```
 */
export interface Driver {
  /** The id; compare it as text. A text in some known responses, such as `36541`. */
  readonly id?: Id | null
  /** The given name; `firstName` when it is written. */
  readonly name?: string | null
  /** The family name; `lastName` when it is written. */
  readonly surname?: string | null
  /** The name to show. */
  readonly fullName?: string | null
  /** The address of the driver. */
  readonly email?: string | null
  /** The phone of the driver; the format is not stated. */
  readonly phone?: string | null
  /** A text or an object: public sources have both. */
  readonly role?: UserRole | string | null
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a driver; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { DriverField } from "linxio-js"
 *
 * const fields: Array<DriverField> = ["id", "fullName", "phone"]
 * ```
 */
export type DriverField = "id" | "fullName" | "name" | "surname" | "email" | "phone" | "role"

/**
 * The parameters of a list of drivers.
 *
 * @example
 * ```ts
 * import type { DriverListParams } from "linxio-js"
 *
 * const ofClient: DriverListParams = { clientId: 1, fields: ["id", "fullName"] }
 * ```
 */
export interface DriverListParams extends ListParams<DriverField> {
  /**
   * Only the drivers of this client account: the list then comes from `/clients/{clientId}/users?role=driver`, whatever `role` is given. An id that is
   * empty, null or zero is refused, because the list would have the drivers of every account. @default all drivers
   */
  readonly clientId?: Id | undefined
}

const driver = record<Driver>("Driver", {
  id,
  ...all(text, "name surname fullName email phone"),
  role: userRole
})

/** The operations on drivers, by the names of the methods that offer them. */
export const drivers = {
  /** A page of drivers; with `clientId`, those of that client account, from `GET /clients/{clientId}/users?role=driver`, which is documented. Unverified. */
  list: operation("GET", "/drivers", "UP", page(driver, "drivers", "users"), {
    query: params<DriverListParams>("fields", "limit", "page", "sort"),
    instead: { parameter: "clientId", path: "/clients/:clientId/users", query: { role: "driver" } }
  }),
  /** Makes a driver the driver of a vehicle; the path is singular, `/vehicle`. Documented. */
  assignToVehicle: operation("POST", "/vehicle/:vehicleId/set-driver/:driverId", "O", done, { idempotent: true }),
  /** Takes a driver off a vehicle; the path is singular, `/vehicle`. Documented. */
  unassignFromVehicle: operation("POST", "/vehicle/:vehicleId/unset-driver/:driverId", "O", done, { idempotent: true })
}
