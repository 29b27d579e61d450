/** Devices: the trackers in vehicles. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const devicesHandlers: HandlersOf<"devices"> = {}
