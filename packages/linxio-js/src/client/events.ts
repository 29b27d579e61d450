/** Builds the events of a client from the engine's `CallObserver`. Without a listener, a call costs one comparison. */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import {
  type AttemptOutcome,
  type CallListener,
  type CallObserverService,
  errorTypeOfAttempt,
  type ObservedCall,
  RefreshListener
} from "linxio-effect/CallObserver"
import { isFailure, type LinxioFailure } from "linxio-effect/LinxioError"
import type { ClientEvent } from "../types.ts"

/** What is known so far of a call or a refresh. */
interface Progress {
  readonly id: number
  readonly at: number
  readonly startedAt: number
  last?: ObservedCall
  attempts: number
  waitedMs: number
  answer: { readonly status?: number; readonly requestId?: string }
}

/** The call whose work a fiber does. */
const CurrentProgress = Context.Reference<Progress | undefined>("linxio-js/CurrentProgress", {
  defaultValue: () => undefined
})

type Listener = (event: ClientEvent) => unknown

export interface Events {
  readonly observer: CallObserverService
  readonly observe: (listener: Listener) => () => void
  /** Emits that a method was called. Returns the effect to run and the function to call at its end; undefined without a listener. */
  readonly tell: <A, E, R>(
    name: string,
    effect: Effect.Effect<A, E, R>
  ) => { readonly effect: Effect.Effect<A, E, R>; readonly ended: (error: unknown) => void } | undefined
}

export const makeEvents = (): Events => {
  const listeners = new Set<Listener>()
  let lastId = 0

  /** Off the caller's stack: a listener cannot fail, delay or deadlock a call, whatever it does (I-19). */
  const emit = (event: ClientEvent): void => {
    for (const listener of listeners) {
      queueMicrotask(() => {
        if (listeners.has(listener)) void silently(() => listener(event))
      })
    }
  }

  const begin = (): Progress => ({
    id: ++lastId,
    at: Date.now(),
    startedAt: performance.now(),
    attempts: 0,
    waitedMs: 0,
    answer: {}
  })

  const endOf = ({ answer, at, attempts, id, last, startedAt }: Progress, error: unknown) => ({
    id,
    at,
    durationMs: performance.now() - startedAt,
    attempts,
    ...(last && requestOf(last)),
    ...answer,
    ...(isFailure(error) && { error })
  })

  const listenerOf = (progress: Progress, call: ObservedCall): CallListener => {
    progress.last = call
    return {
      attempt: (request, send, requestIdOf) => {
        const at = Date.now()
        const startedAt = performance.now()
        const attempt = ++progress.attempts
        return Effect.onExit(send(request), (exit) =>
          Effect.sync(() => {
            const outcome: AttemptOutcome | undefined = Exit.isSuccess(exit) ? exit.value : undefined
            const requestId = outcome && requestIdOf(outcome)
            progress.answer = {
              ...(outcome?._tag === "Answered" && { status: outcome.status }),
              ...(requestId !== undefined && { requestId })
            }
            const errorType = outcome ? errorTypeOfAttempt(outcome) : "LinxioAbortError"
            emit({
              type: "attempt",
              id: progress.id,
              at,
              durationMs: performance.now() - startedAt,
              attempt,
              ...requestOf(call),
              ...progress.answer,
              ...(errorType !== undefined && { errorType })
            })
          })
        )
      },
      retry: (error, delayMs) =>
        emit({ type: "retry", id: progress.id, at: Date.now(), attempt: progress.attempts, delayMs, error })
    }
  }

  return {
    observer: {
      isOn: () => listeners.size > 0,
      call: (fiber, call, run) => {
        const progress = fiber.getRef(CurrentProgress)
        if (progress) call.listener = listenerOf(progress, call)
        return run
      },
      refresh: (_, work) =>
        Effect.suspend(() => {
          if (listeners.size === 0) return work
          const progress = begin()
          emit({ type: "refreshStarted", id: progress.id, at: progress.at })
          const observed = Effect.provideService(work, RefreshListener, (call) => listenerOf(progress, call))
          return Effect.onExit(observed, (exit) =>
            Effect.sync(() => emit({ type: "refresh", ...endOf(progress, failureOf(exit)) }))
          )
        }),
      wait: (_, waiting) =>
        Effect.withFiber((fiber) => {
          const progress = fiber.getRef(CurrentProgress)
          if (!progress) return waiting
          const from = performance.now()
          return Effect.onExit(waiting, () => Effect.sync(() => void (progress.waitedMs += performance.now() - from)))
        })
    },
    observe: (listener) => {
      const own: Listener = (event) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell: (name, effect) => {
      if (listeners.size === 0) return undefined
      const progress = begin()
      emit({ type: "callStarted", id: progress.id, at: progress.at, name })
      return {
        effect: Effect.provideService(effect, CurrentProgress, progress),
        ended: (error) => emit({ type: "call", name, waitedMs: progress.waitedMs, ...endOf(progress, error) })
      }
    }
  }
}

const requestOf = ({ method, path, urlTemplate }: ObservedCall) => ({
  method,
  path,
  ...(urlTemplate && { urlTemplate })
})

const failureOf = (exit: Exit.Exit<unknown, LinxioFailure>): LinxioFailure | undefined =>
  Exit.isFailure(exit) ? exit.cause.reasons.find(Cause.isFailReason)?.error : undefined

/** Ignores what a listener throws or rejects with: a listener must not fail a call. */
const silently = async (tell: () => unknown): Promise<void> => {
  try {
    await tell()
  } catch {
    // Ignored on purpose, see above.
  }
}
