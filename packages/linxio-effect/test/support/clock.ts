/** The clock of a test whose wall time somebody sets, as an operator or a time server does; durations go on as before. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

export const movableClock = Effect.map(Clock.Clock, (clock) => {
  let offsetMs = 0
  const wallTime = () => clock.currentTimeMillisUnsafe() + offsetMs
  const wallTimeNanos = () => clock.currentTimeNanosUnsafe() + BigInt(offsetMs) * 1_000_000n
  return {
    ...clock,
    currentTimeMillisUnsafe: wallTime,
    currentTimeMillis: Effect.sync(wallTime),
    currentTimeNanosUnsafe: wallTimeNanos,
    currentTimeNanos: Effect.sync(wallTimeNanos),
    /** Sets the wall clock forward, or back. */
    moveBy: (ms: number) => void (offsetMs += ms)
  }
})
