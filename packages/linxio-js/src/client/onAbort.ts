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

/** Calls `abort` when the signal aborts. Returns a function that removes the listener. Throws what the signal throws. */
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
      // The last call of this signal removes the listener.
      if (waiting.aborts.size > 0 || waitingFor.get(signal) !== waiting) return
      waitingFor.delete(signal)
      try {
        signal.removeEventListener("abort", waiting.listener)
      } catch {
        // A custom signal may throw here. The call has ended, so there is nobody to report it to.
      }
    }
  }
}

/** The abort reason. Reading it runs the caller's code, which may throw. */
export const abortedBy = (signal: AbortSignal): LinxioAbortError => {
  try {
    return aborted(signal.reason)
  } catch {
    return aborted(undefined)
  }
}
