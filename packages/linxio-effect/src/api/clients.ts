/** Client accounts and their users. The operations and their records, from public sources only. */
import { type Id, listParams, one, operation, page, params } from "./operation.ts"
import { id, record, text } from "./shape.ts"
import { accountUser, type UserListParams, userPayload } from "./userRecords.ts"

/**
 * A client account: a customer, with a fleet and users of its own.
 *
 * @example
 * ```ts
 * import type { ClientAccount } from "linxio-js"
 *
 * const transport: ClientAccount = { id: 1, name: "Example Transport", timezone: 1 }
 * console.log(transport.name) // => Example Transport
 * ```
 */
export interface ClientAccount {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** The id of its time zone, not a name; see `metadata.timezones`. */
  readonly timezone?: Id | null
  readonly [field: string]: unknown
}

const client = record<ClientAccount>("ClientAccount", { id, name: text, timezone: id })

/** The operations on client accounts, by the names of the methods that offer them. */
export const clients = {
  /** A page of client accounts; refused with 403 in the client's tenant where it was tried. Derived from the dashboard. */
  list: operation("GET", "/clients/json", "DX", page(client, "clients"), { query: listParams() }),
  /** One client account. Derived from the dashboard. */
  get: operation("GET", "/clients/:clientId", "DP", one(client)),
  /** A page of the users of a client account, its drivers included. Documented. */
  listUsers: operation("GET", "/clients/:clientId/users", "OP", page(accountUser, "users"), {
    query: params<UserListParams>("fields", "limit", "page", "sort", "role")
  }),
  /** One user of a client account. Documented. */
  getUser: operation("GET", "/clients/:clientId/users/:userId", "O", one(accountUser)),
  /** Creates a user in a client account. Documented. */
  createUser: operation("POST", "/clients/:clientId/users", "O", one(accountUser), { payload: userPayload }),
  /** Changes what is given of a user; a POST, not a PATCH. Documented. */
  updateUser: operation("POST", "/clients/:clientId/users/:userId", "O", one(accountUser), { payload: userPayload })
}
