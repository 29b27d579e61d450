/**
 * Spans and metrics of calls and refreshes, by OpenTelemetry's conventions for HTTP clients. Part of every `Linxio` layer. Active if the
 * application has a tracer; without one it costs nothing.
 *
 * | span | kind | what it covers |
 * | --- | --- | --- |
 * | `linxio GET /vehicles/:id` | internal | one call with all its attempts and waits |
 * | `GET /vehicles/:id` | client | one attempt: a child of the call, or of the refresh |
 * | `linxio refresh` | internal | one refresh: a root, linked to and from the calls that wait for it |
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { CallObserver } from "./CallObserver.ts"
import { makeObserver } from "./telemetry/observer.ts"

/**
 * Whether calls are counted and measured with Effect's `Metric`. Provide it to a program, or to a Linxio layer.
 *
 * @default where a tracer is installed
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio, Telemetry } from "linxio-effect"
 *
 * // Metrics without a tracer, for an exporter such as Prometheus.
 * const linxio = Layer.provide(Linxio.layer(), Layer.succeed(Telemetry.MetricsEnabled, true))
 * ```
 */
export const MetricsEnabled = Context.Reference<boolean | undefined>("linxio-effect/Telemetry/MetricsEnabled", {
  defaultValue: () => undefined
})

/** Makes the observer of one client. A function, because the observer tracks the running refreshes of that client. */
export const layer = (): Layer.Layer<never> =>
  Layer.effect(
    CallObserver,
    Effect.map(Effect.context<never>(), (context) => makeObserver(context, MetricsEnabled))
  )
