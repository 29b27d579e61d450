/**
 * One listener for each signal, however many calls of a client wait on it: Node warns of a leak from the eleventh listener on,
 * and many callers give one signal to all of their calls (I-28).
 */
import { aborted } from "linxio-effect/errors/words"
import type { LinxioAbortError } from "linxio-effect/LinxioError"

interface Waiting {
  readonly aborts: Set<() => void>
  readonly listener: () => void
}

/** Calls `abort` when the signal aborts; returns the function that stops waiting. Throws what the signal throws. */
export type OnAbort = (signal: AbortSignal, abort: () => void) => () => void

export const makeOnAbort = (): OnAbort => {
  const waitingFor = new WeakMap<AbortSignal, Waiting>()

  const listenTo = (signal: AbortSignal): Waiting => {
    const aborts = new Set<() => void>()
    const listener = () => {
      waitingFor.delete(signal)
      for (const abort of aborts) abort()
    }
    const waiting = { aborts, listener }
    signal.addEventListener("abort", listener, { once: true })
    waitingFor.set(signal, waiting)
    return waiting
  }

  return (signal, abort) => {
    const waiting = waitingFor.get(signal) ?? listenTo(signal)
    waiting.aborts.add(abort)
    return () => {
      waiting.aborts.delete(abort)
      // The last to leave takes the listener along.
      if (waiting.aborts.size > 0 || waitingFor.get(signal) !== waiting) return
      waitingFor.delete(signal)
      try {
        signal.removeEventListener("abort", waiting.listener)
      } catch {
        // A signal of the caller's own: the call has ended, and nobody waits any more.
      }
    }
  }
}

/** The reason is the caller's own, and reading it may throw. */
export const abortedBy = (signal: AbortSignal): LinxioAbortError => {
  try {
    return aborted(signal.reason)
  } catch {
    return aborted(undefined)
  }
}
