/** Scheduled reports. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const reportsHandlers: HandlersOf<"reports"> = {}
