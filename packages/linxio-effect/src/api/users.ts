/** Users of the signed-in account. The operations and their records, from public sources only. */
import { done, one, operation, page, params } from "./operation.ts"
import { accountUser, type UserListParams, userPayload } from "./userRecords.ts"

export type * from "./userRecords.ts"

/** The operations on users, by the names of the methods that offer them. */
export const users = {
  /** A page of users; refused with 403 in the client's tenant where it was tried. Unverified. */
  list: operation("GET", "/users", "UX", page(accountUser, "users"), {
    query: params<UserListParams>("fields", "limit", "page", "sort", "role")
  }),
  /** One user. Unverified. */
  get: operation("GET", "/users/:userId", "U", one(accountUser)),
  /** Creates a user. Unverified. */
  create: operation("POST", "/users", "U", one(accountUser), { payload: userPayload }),
  /** Changes what is given; a PATCH, while users of a client account are changed with a POST. Unverified. */
  update: operation("PATCH", "/users/:userId", "U", one(accountUser), { payload: userPayload }),
  /** Takes a user out of use; `restore` brings the user back. Unverified. */
  archive: operation("PATCH", "/users/:userId/archive", "U", done, { idempotent: true }),
  /** Brings an archived user back. Unverified. */
  restore: operation("PATCH", "/users/:userId/restore", "U", done, { idempotent: true })
}
