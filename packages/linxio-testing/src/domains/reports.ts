/** Scheduled reports. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { HandlersOf } from "./call.ts"
import { collection, mostOnAPage } from "./collection.ts"
import { paged, within } from "./lists.ts"

const scheduled = collection("scheduledReports", "Scheduled report", "reportId")

const formats = ["csv", "pdf", "xlsx"]

/** Which rules Linxio has, is not public. */
const checked = ({
  format,
  name
}: {
  readonly format?: string | undefined
  readonly name?: string | undefined
}): Effect.Effect<void, Refusal> => {
  if (name !== undefined && name.trim() === "")
    return Effect.fail(reject(422, { name: "This value should not be blank." }))
  return format === undefined || formats.includes(format)
    ? Effect.void
    : Effect.fail(reject(422, { format: "The value you selected is not a valid choice." }))
}

/** What the operations do. */
export const reportsHandlers: HandlersOf<"reports"> = {
  /** A deleted report can be restored; it is listed for whoever asks for that status. */
  scheduled: ({ query, state }) => {
    const listed = scheduled.all(state).filter(({ status }) => status !== "deleted" || "status" in query)
    return Effect.flatMap(within(listed, query, "createdAt"), ({ items, rest }) => paged(items, rest, mostOnAPage))
  },

  scheduledTemplate: () => Effect.succeed({ formats, types: ["fuel_summary", "vehicle_summary"], params: {} }),

  getScheduled: scheduled.find,

  createScheduled: (call) => Effect.andThen(checked(call.payload), scheduled.create(call, { status: "active" })),

  updateScheduled: (call) => Effect.andThen(checked(call.payload), scheduled.update(call)),

  deleteScheduled: scheduled.withStatus("deleted"),

  restoreScheduled: scheduled.withStatus("active")
}
