/** Users of the signed-in account. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const usersHandlers: HandlersOf<"users"> = {}
