/** The records of users, which drivers and client accounts have as well. Every field is optional and may be null, and fields that are not listed are kept. */
import type { Id, ListParams } from "./operation.ts"
import { all, either, id, record, text } from "./shape.ts"

/**
 * The role of a user as an object.
 *
 * @example
 * ```ts
 * import type { UserRole } from "linxio-js"
 *
 * const dispatcher: UserRole = { id: 4, name: "dispatcher", displayName: "Dispatcher" }
 * console.log(dispatcher.displayName) // => Dispatcher
 * ```
 */
export interface UserRole {
  /** The id of the role. */
  readonly id?: Id | null
  /** Its name, such as `driver`. */
  readonly name?: string | null
  /** The name to show. */
  readonly displayName?: string | null
  readonly [field: string]: unknown
}

/**
 * A user of an account. Its names are read as `name` and `surname`, and written as `firstName` and `lastName`.
 *
 * @example
 * ```ts
 * import type { AccountUser } from "linxio-js"
 *
 * const roleOf = ({ role }: AccountUser) => (typeof role === "object" ? role?.name : role)
 * console.log(roleOf({ id: "36541", role: { name: "driver" } })) // => driver
 * ```
 */
export interface AccountUser {
  /** The id; compare it as text. A text in some known responses, such as `36421`. */
  readonly id?: Id | null
  /** The address of the user. */
  readonly email?: string | null
  /** The given name; `firstName` when it is written. */
  readonly name?: string | null
  /** The family name; `lastName` when it is written. */
  readonly surname?: string | null
  /** The name to show. */
  readonly fullName?: string | null
  /** A text or an object: public sources have both. */
  readonly role?: UserRole | string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  readonly [field: string]: unknown
}

/**
 * The fields of a user to create or to change. No field is documented as required; Linxio answers 422 if a tenant requires one. The names are documented
 * as `firstName` and `lastName`; a user is read with `name` and `surname`.
 *
 * @example
 * ```ts
 * import type { LinxioClient, UserPayload } from "linxio-js"
 *
 * const ada: UserPayload = { email: "ada@example.test", firstName: "Ada", lastName: "Lovelace" }
 * const create = (linxio: LinxioClient) => linxio.clients.createUser(1, ada)
 * ```
 */
export interface UserPayload {
  /** The address of the user. */
  readonly email?: string | undefined
  /** The given name; it is read as `name`. */
  readonly firstName?: string | undefined
  /** The family name; it is read as `surname`. */
  readonly lastName?: string | undefined
  /** The given name under the name that it is read with. Use `firstName`: only that one is documented for writing. */
  readonly name?: string | undefined
  /** The family name under the name that it is read with. Use `lastName`: only that one is documented for writing. */
  readonly surname?: string | undefined
  /** The name to show. */
  readonly fullName?: string | undefined
  /** The phone of the user; the format is not stated. */
  readonly phone?: string | undefined
  /** The id of the role, see `metadata.roles`. */
  readonly roleId?: Id | undefined
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a user; any other may be asked for as well.
 *
 * @example
 * ```ts
 * import type { UserField } from "linxio-js"
 *
 * const fields: Array<UserField> = ["id", "fullName", "role"]
 * ```
 */
export type UserField = "id" | "email" | "fullName" | "name" | "surname" | "role" | "status"

/**
 * The parameters of a list of users.
 *
 * @example
 * ```ts
 * import type { UserListParams } from "linxio-js"
 *
 * const drivers: UserListParams = { role: "driver", fields: ["id", "fullName"], limit: 50 }
 * ```
 */
export interface UserListParams extends ListParams<UserField> {
  /** Only users with this role, such as `driver`. @default every role */
  readonly role?: string | undefined
}

/** The shape of the role of a user. */
export const userRole = either(text, record<UserRole>("UserRole", { id, ...all(text, "name displayName") }))

/** The shape of an `AccountUser`. */
export const accountUser = record<AccountUser>("AccountUser", {
  id,
  ...all(text, "email name surname fullName status"),
  role: userRole
})

/** The shape of a `UserPayload`. */
export const userPayload = record<UserPayload>("UserPayload", {
  ...all(text, "email firstName lastName name surname fullName phone"),
  roleId: id
})
