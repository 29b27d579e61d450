/** The operations on the events of cameras, from public sources only. */
import { listParams, operation, page } from "./operation.ts"
import { anyObject } from "./shape.ts"

/** The operations, by the names of the methods that offer them. */
export const cameras = {
  /** A page of events; the fields depend on the provider of the camera. Derived from the dashboard. */
  events: operation("GET", "/devices/cameras/events", "DP", page(anyObject, "events"), { query: listParams() }),
  /** The types of events; no field is documented. Derived from the dashboard. */
  eventTypes: operation("GET", "/devices/cameras/events/types", "DP", page(anyObject, "types"))
}
