/** Geofences, which the API calls areas, and their groups. As the embedded Linxio has them. */
import type { HandlersOf } from "./call.ts"

/** What the operations do. */
export const geofencesHandlers: HandlersOf<"geofences"> = {}
