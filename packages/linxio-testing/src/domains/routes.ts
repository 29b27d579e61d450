/** The routes that vehicles drove. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const routesHandlers: HandlersOf<"routes"> = {}
