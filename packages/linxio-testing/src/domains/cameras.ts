/** Events of cameras. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { HandlersOf } from "./call.ts"
import { collection, mostOnAPage } from "./collection.ts"
import { paged, within } from "./lists.ts"

const events = collection("cameraEvents", "Event", "eventId")

const types = [
  { id: 1, name: "harsh-braking" },
  { id: 2, name: "distraction" },
  { id: 3, name: "collision" }
]

/** What the operations do. */
export const camerasHandlers: HandlersOf<"cameras"> = {
  events: ({ query, state }) =>
    Effect.flatMap(within(events.all(state), query, "occurredAt"), ({ items, rest }) =>
      paged(items, rest, mostOnAPage)
    ),

  eventTypes: () => Effect.succeed(types)
}
