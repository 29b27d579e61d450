/**
 * One listener for each signal, however many calls wait on it: Node warns of a leak from the eleventh listener on,
 * and many callers give one signal to all of their calls (I-28).
 */
interface Waiting {
  readonly aborts: Set<() => void>
  readonly listener: () => void
}

const waitingFor = new WeakMap<AbortSignal, Waiting>()

const listenTo = (signal: AbortSignal): Waiting => {
  const aborts = new Set<() => void>()
  const listener = () => {
    waitingFor.delete(signal)
    for (const abort of aborts) abort()
  }
  const waiting = { aborts, listener }
  waitingFor.set(signal, waiting)
  signal.addEventListener("abort", listener, { once: true })
  return waiting
}

/** Calls `abort` when the signal aborts; returns the function that stops waiting. The last to leave takes the listener along. */
export const onAbort = (signal: AbortSignal, abort: () => void): (() => void) => {
  const waiting = waitingFor.get(signal) ?? listenTo(signal)
  waiting.aborts.add(abort)
  return () => {
    waiting.aborts.delete(abort)
    if (waiting.aborts.size > 0 || waitingFor.get(signal) !== waiting) return
    waitingFor.delete(signal)
    signal.removeEventListener("abort", waiting.listener)
  }
}
