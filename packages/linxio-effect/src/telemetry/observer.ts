/** Makes spans and metrics of calls, attempts and refreshes. Does nothing for a fiber without a tracer and without metrics. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Tracer from "effect/Tracer"
import {
  type CallListener,
  type CallObserverService,
  errorTypeOfAttempt,
  type ObservedCall,
  RefreshListener
} from "../CallObserver.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { type Attributes, dimensionsOf, errorTypeOf, nameOf, urlOf } from "./attributes.ts"
import { makeMetrics, record } from "./metrics.ts"
import { makeRefreshSpans } from "./refreshSpans.ts"

type AnyFiber = Fiber.Fiber<unknown, unknown>

/** Whether the application has its own tracer. Effect's native tracer exports no spans, so none are made for it. */
const isTraced = (fiber: AnyFiber): boolean =>
  fiber.cache.tracer !== undefined && fiber.cache.tracer !== Tracer.nativeTracer && fiber.cache.tracerEnabled

export const makeObserver = (
  built: Context.Context<never>,
  metricsEnabled: Context.Reference<boolean | undefined>
): CallObserverService => {
  const metrics = makeMetrics()
  const refreshes = makeRefreshSpans()

  /** Undefined in the fiber and in the layer means: metrics are on if there is a tracer. */
  const isMeasured = (fiber: AnyFiber): boolean =>
    fiber.getRef(metricsEnabled) ?? Context.get(built, metricsEnabled) ?? isTraced(fiber)

  /** Trace headers are sent only if the application enables them; Effect's default is to send them. */
  const propagates = (fiber: AnyFiber): boolean =>
    Context.getOrUndefined(fiber.context, HttpClient.TracerPropagationEnabled) ??
    Context.getOrUndefined(built, HttpClient.TracerPropagationEnabled) ??
    false

  /** Runs `use` in a span, a child of the current span, if there is a tracer; else without a span. */
  const spanned = <A, E>(
    fiber: AnyFiber,
    name: string,
    options: Tracer.SpanOptionsNoTrace,
    use: (span: Tracer.Span | undefined) => Effect.Effect<A, E>
  ): Effect.Effect<A, E> =>
    isTraced(fiber)
      ? Effect.useSpan(name, options, (span) => Effect.withParentSpan(use(span), span, { captureStackTrace: false }))
      : use(undefined)

  const listenerOf = (call: ObservedCall, clock: Clock.Clock, parent: Tracer.Span | undefined): CallListener => ({
    attempt: (request, send, requestIdOf) =>
      Effect.withFiber((fiber) => {
        const startedAt = clock.currentTimeMillisUnsafe()
        const dimensions = dimensionsOf(call)
        const attributes = {
          ...dimensions,
          "url.full": urlOf(call),
          ...(call.attempts > 1 && { "http.request.resend_count": call.attempts - 1 })
        }
        return spanned(fiber, nameOf(call), { kind: "client", attributes }, (span) =>
          Effect.map(send(span && propagates(fiber) ? withTraceparent(request, span) : request), (outcome) => {
            const status = outcome._tag === "Answered" && { "http.response.status_code": outcome.status }
            const errorType = errorTypeOfAttempt(outcome)
            const result: Attributes = { ...status, ...(errorType !== undefined && { "error.type": errorType }) }
            if (span) {
              const requestId = requestIdOf(outcome)
              const answer = { ...status, ...(requestId !== undefined && { "linxio.request_id": requestId }) }
              annotate(span, { ...result, ...answer })
              // The call has the attributes of its last response.
              if (parent) annotate(parent, answer)
              // Ended here without the response: a tracer must not see it, because its body may contain secrets (I-32).
              const exit = errorType === undefined ? Exit.void : Exit.fail(attemptFailed(errorType))
              span.end(clock.currentTimeNanosUnsafe(), exit)
            }
            if (isMeasured(fiber)) {
              const seconds = (clock.currentTimeMillisUnsafe() - startedAt) / 1000
              record(metrics.attempts, 1, fiber.context, { ...dimensions, ...result })
              record(metrics.requestDuration, seconds, fiber.context, { ...dimensions, ...result })
            }
            return outcome
          })
        )
      }),
    retry: (failure, delayMs) =>
      parent?.event("linxio.retry", clock.currentTimeNanosUnsafe(), {
        "error.type": errorTypeOf(failure),
        "linxio.retry.delay_ms": delayMs
      })
  })

  /** Records the duration and the outcome of `run` in the span and in the metrics. */
  const told = <A>(
    fiber: AnyFiber,
    span: Tracer.Span | undefined,
    run: Effect.Effect<A, LinxioFailure>,
    measure: (seconds: number, errorType: Attributes) => void
  ): Effect.Effect<A, LinxioFailure> => {
    const clock = fiber.getRef(Clock.Clock)
    const startedAt = clock.currentTimeMillisUnsafe()
    return Effect.onExit(run, (exit) =>
      Effect.sync(() => {
        const errorType = errorTypeOfExit(exit)
        if (errorType["error.type"] !== undefined) span?.attribute("error.type", errorType["error.type"])
        measure((clock.currentTimeMillisUnsafe() - startedAt) / 1000, errorType)
        // Ended here, so that a tracer does not see the result of the call (I-32).
        if (Exit.isSuccess(exit)) span?.end(clock.currentTimeNanosUnsafe(), Exit.void)
      })
    )
  }

  const isOn = (fiber: AnyFiber): boolean => isTraced(fiber) || isMeasured(fiber)

  return {
    isOn,
    call: (fiber, call, run) => {
      const measured = isMeasured(fiber)
      const dimensions = dimensionsOf(call)
      const attributes = { ...dimensions, "url.full": urlOf(call) }
      const observed = spanned(fiber, `linxio ${nameOf(call)}`, { kind: "internal", attributes }, (span) => {
        call.listener = listenerOf(call, fiber.getRef(Clock.Clock), span)
        return told(fiber, span, run, (seconds, errorType) => {
          span?.attribute("linxio.attempts", call.attempts)
          if (!measured) return
          record(metrics.calls, 1, fiber.context, { ...dimensions, ...errorType })
          record(metrics.callDuration, seconds, fiber.context, { ...dimensions, ...errorType })
        })
      })
      return Effect.annotateLogs(observed, attributes)
    },
    refresh: (key, work) =>
      Effect.withFiber((fiber) => {
        if (!isOn(fiber)) return work
        const measured = isMeasured(fiber)
        // A root span: the refresh serves several calls and is the child of none of them.
        return spanned(fiber, "linxio refresh", { kind: "internal", root: true }, (span) => {
          const ended = span && refreshes.begin(key, span)
          const observed = told(fiber, span, work, (seconds, errorType) => {
            ended?.()
            if (!measured) return
            record(metrics.refreshes, 1, fiber.context, errorType)
            record(metrics.refreshDuration, seconds, fiber.context, errorType)
          })
          const clock = fiber.getRef(Clock.Clock)
          return Effect.provideService(observed, RefreshListener, (call: ObservedCall) => listenerOf(call, clock, span))
        })
      }),
    wait: (key, waiting) =>
      Effect.withFiber((fiber) => {
        const { span } = fiber.cache
        const measured = isMeasured(fiber)
        const linked = isTraced(fiber) && span?._tag === "Span"
        if (!measured && !linked) return waiting
        const ended = linked ? refreshes.wait(key, span) : undefined
        if (measured) record(metrics.waiting, 1, fiber.context)
        return Effect.onExit(waiting, () =>
          Effect.sync(() => {
            ended?.()
            if (measured) record(metrics.waiting, -1, fiber.context)
          })
        )
      })
  }
}

const annotate = (span: Tracer.Span, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) span.attribute(name, value)
}

const withTraceparent = (request: HttpClientRequest.HttpClientRequest, span: Tracer.Span) =>
  Context.get(span.annotations, Tracer.DisablePropagation)
    ? request
    : HttpClientRequest.setHeader(
        request,
        "traceparent",
        `00-${span.traceId.padStart(32, "0")}-${span.spanId}-${span.sampled ? "01" : "00"}`
      )

const errorTypeOfExit = (exit: Exit.Exit<unknown, LinxioFailure>): Attributes => {
  if (Exit.isSuccess(exit)) return {}
  const failure = exit.cause.reasons.find(Cause.isFailReason)
  if (failure) return { "error.type": errorTypeOf(failure.error) }
  return { "error.type": Cause.hasInterruptsOnly(exit.cause) ? "LinxioAbortError" : "defect" }
}

/** The error of a failed attempt in its span. Without a stack, which would only point to this file. */
const attemptFailed = (errorType: string): Error => {
  const error = new Error(/^\d+$/.test(errorType) ? `HTTP ${errorType}` : errorType)
  error.name = errorType
  error.stack = `${error.name}: ${error.message}`
  return error
}
