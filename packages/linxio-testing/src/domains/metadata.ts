/** Reference data and settings. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const metadataHandlers: HandlersOf<"metadata"> = {}
