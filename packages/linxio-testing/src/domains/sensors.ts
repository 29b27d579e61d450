/** Sensors and their readings. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const sensorsHandlers: HandlersOf<"sensors"> = {}
