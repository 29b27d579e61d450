/** Client accounts and their users. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const clientsHandlers: HandlersOf<"clients"> = {}
