/** The metrics of calls. Each client creates them; Effect's registry identifies them by name. */
import type * as Context from "effect/Context"
import * as Metric from "effect/Metric"
import type { Attributes } from "./attributes.ts"

/** OpenTelemetry's recommended histogram boundaries for the duration of a request, in seconds. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const durations = (name: string, description: string) =>
  Metric.histogram(name, { description, boundaries, attributes: { unit: "s" } })

export const makeMetrics = () => ({
  calls: Metric.counter("linxio.client.calls", { description: "Calls that ended", incremental: true }),
  callDuration: durations("linxio.client.call.duration", "A call with all its attempts and waits"),
  attempts: Metric.counter("linxio.client.attempts", { description: "Requests that were sent", incremental: true }),
  requestDuration: durations("http.client.request.duration", "One request, from sending it to the end of its answer"),
  refreshes: Metric.counter("linxio.client.refreshes", { description: "Refreshes that ended", incremental: true }),
  refreshDuration: durations("linxio.client.refresh.duration", "One refresh, from the store to the store"),
  waiting: Metric.counter("linxio.client.refresh.waiting", {
    description: "Calls that wait for a refresh at this moment"
  })
})

export const record = <State>(
  metric: Metric.Metric<number, State>,
  value: number,
  context: Context.Context<never>,
  attributes: Attributes = {}
): void => {
  const words = Object.entries(attributes).map(([name, attribute]) => [name, String(attribute)] as const)
  Metric.withAttributes(metric, Object.fromEntries(words)).updateUnsafe(value, context)
}
