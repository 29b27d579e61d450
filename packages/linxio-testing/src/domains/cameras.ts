/** Events of cameras. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const camerasHandlers: HandlersOf<"cameras"> = {}
