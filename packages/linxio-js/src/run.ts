/** The one place that runs effects. Builds and closes the services. */
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import type { Auth, HttpClient, LinxioConfig, Session } from "linxio-effect"
import { clientClosed } from "linxio-effect/errors/words"
import { isFailure, type LinxioAbortError, type LinxioError, type LinxioFailure } from "linxio-effect/LinxioError"
import type { Events } from "./client/events.ts"
import { abortedBy, makeOnAbort, type OnAbort } from "./client/onAbort.ts"
import { refusal } from "./options/read.ts"
import type { Result } from "./types.ts"

/** The services that a client's methods use. */
export type Services = Auth | HttpClient | LinxioConfig | Session

export interface Runner {
  readonly onAbort: OnAbort
  /** Registers work that outlives its call, such as a streamed body: `close` with `drain` waits for it. */
  readonly lasts: (going: { readonly onEnd: (listener: () => void) => void }) => void
  readonly context: Context.Context<Services>
  /** Resolves to the value, or rejects with a `LinxioError`. `name` is the name of the call in events. */
  readonly run: <A>(
    effect: Effect.Effect<A, LinxioFailure, Services>,
    signal: AbortSignal | undefined,
    name: string
  ) => Promise<A>
  /** The same, as a value that never rejects. */
  readonly attempt: <A>(
    effect: Effect.Effect<A, LinxioFailure, Services>,
    signal: AbortSignal | undefined,
    name: string
  ) => Promise<Result<A>>
  /** Runs up to the first wait. Throws the error if the effect failed before it. */
  readonly runNow: (effect: Effect.Effect<void, LinxioFailure, Services>) => void
  /** The value of an effect that never waits and never fails. */
  readonly read: <A>(effect: Effect.Effect<A>) => A
  /** Refuses new calls, interrupts those that still run after `drainMs`, and resolves when the services are closed. */
  readonly close: (drainMs: number) => Promise<void>
}

/** Builds the services. Throws a `LinxioConfigurationError` if an option is invalid. */
export const makeRunner = (layer: Layer.Layer<Services, LinxioError>, events: Events): Runner => {
  const scope = Scope.makeUnsafe()
  const built = Effect.runSyncExit(Layer.buildWithScope(layer, scope))
  if (Exit.isFailure(built)) throw Option.getOrElse(Exit.findErrorOption(built), () => built.cause)
  const context = built.value
  let closing: Promise<void> | undefined
  const running = new Set<Fiber.Fiber<unknown, unknown>>()
  const lasting = new Set<Promise<void>>()
  let isClosed = false

  const drained = Effect.andThen(
    Effect.suspend(() => Fiber.awaitAll([...running])),
    Effect.promise(() => Promise.all(lasting))
  )

  const start = Effect.runForkWith(context)
  const onAbort = makeOnAbort()

  /** The error of an unsuccessful exit. */
  const errorOf = (exit: Exit.Failure<unknown, LinxioFailure>, abort?: LinxioAbortError): unknown => {
    const failure = exit.cause.reasons.find(Cause.isFailReason)
    if (failure) return failure.error
    const defect = exit.cause.reasons.find(Cause.isDieReason)
    if (defect) return defect.defect
    return abort ?? clientClosed()
  }

  const run: Runner["run"] = (effect, signal, name) =>
    new Promise((resolve, reject) => {
      let fiber: Fiber.Fiber<unknown, unknown> | undefined
      let abort: LinxioAbortError | undefined
      let stopWaiting: (() => void) | undefined
      if (signal) {
        try {
          // Checked first: a fiber runs up to its first wait before it sees the signal, and an aborted call must send nothing.
          if (signal.aborted) return reject(abortedBy(signal))
          if (!isClosed) {
            stopWaiting = onAbort(signal, () => {
              abort = abortedBy(signal)
              fiber?.interruptUnsafe()
              reject(abort)
            })
          }
        } catch {
          return reject(refusal("signal", "must be an AbortSignal"))
        }
      }
      if (isClosed) return reject(clientClosed())
      const told = events.tell(name, effect)
      const started = start(told?.effect ?? effect)
      fiber = started
      running.add(started)
      started.addObserver((exit) => {
        running.delete(started)
        stopWaiting?.()
        const error = exit._tag === "Failure" ? errorOf(exit, abort) : undefined
        if (exit._tag === "Success") resolve(exit.value)
        else reject(error)
        told?.ended(error)
      })
    })

  return {
    context,
    onAbort,
    lasts: (going) => {
      const ended = new Promise<void>((resolve) => going.onEnd(resolve))
      lasting.add(ended)
      going.onEnd(() => lasting.delete(ended))
    },
    run,
    attempt: (effect, signal, name) =>
      run(effect, signal, name).then(
        (data) => ({ data, error: null }),
        (error: unknown) => {
          if (isFailure(error)) return { data: null, error }
          throw error // a defect of this SDK: must not be hidden
        }
      ),
    runNow: (effect) => {
      if (isClosed) throw clientClosed()
      // The effect only has to save a state that is already in force; the engine does so by itself.
      const exit = start(effect).pollUnsafe()
      if (exit?._tag === "Failure") throw errorOf(exit)
    },
    read: (effect) => Effect.runSync(effect),
    close: (drainMs) => {
      isClosed = true
      const interrupt = Effect.sync(() => {
        for (const fiber of running) fiber.interruptUnsafe()
      })
      // A `close` without `drain` ends the wait of an earlier one with it.
      if (drainMs === 0) Effect.runSync(interrupt)
      closing ??= Effect.runPromise(
        Effect.gen(function* () {
          if (drainMs > 0) yield* Effect.timeoutOption(drained, drainMs)
          yield* interrupt
          yield* Scope.close(scope, Exit.void)
        })
      )
      return closing
    }
  }
}
