/** Fuel records, fuel cards and summaries. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const fuelHandlers: HandlersOf<"fuel"> = {}
