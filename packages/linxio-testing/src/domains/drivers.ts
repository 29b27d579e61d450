/** Drivers, and which vehicle each drives. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const driversHandlers: HandlersOf<"drivers"> = {}
