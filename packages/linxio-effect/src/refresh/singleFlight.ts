/**
 * Single flight: of any number of callers that want the same work at the same time, one does it and all get its outcome.
 *
 * A semaphore with one permit per key decides who does it. Callers try to take the permit and never queue for it, so a thousand callers do not cost a
 * thousand turns of the scheduler. The caller that gets the permit does the work and completes a `Deferred`; all callers await it.
 *
 * The work runs in the scope of its owner and not in the fiber of a caller, so interrupted callers cannot abort it (I-8). `Effect.cached` would abort it
 * when all callers are interrupted.
 */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

export interface SingleFlight<A, E> {
  /** Runs `work` for `key`, or joins a running one; returns its outcome. */
  readonly run: (key: string, work: Effect.Effect<A, E>) => Effect.Effect<A, E>
  /** Waits until the flights of this owner have ended. */
  readonly settled: Effect.Effect<unknown>
  /** Ends the flights of this owner: all callers that wait, now or later, get the `closed` error. */
  readonly close: () => void
}

/** One piece of work under way. */
interface Flight<A, E> {
  readonly permit: Semaphore.Semaphore
  readonly outcome: Deferred.Deferred<A, E>
  /** By the monotonic clock, in nanoseconds. */
  readonly startedAt: bigint
  readonly wake: Set<() => void>
}

/** The flights under way, by key. Several owners may share one table. */
export type Flights<A, E> = Map<string, Flight<A, E>>

export const make = <A, E>(options: {
  readonly scope: Scope.Scope
  readonly closed: () => E
  /** After this time a flight is lost: the runtime may have dropped it with the request in which it began. */
  readonly longestMs: number
  readonly flights?: Flights<A, E>
}): SingleFlight<A, E> => {
  const flights: Flights<A, E> = options.flights ?? new Map()
  const longest = BigInt(Math.ceil(options.longestMs)) * 1_000_000n
  /** The flights of this owner, and the signal that each has ended. */
  const own = new Map<Flight<A, E>, Deferred.Deferred<void>>()
  let isClosed = false

  const flightOf = (key: string, now: bigint): Flight<A, E> => {
    const current = flights.get(key)
    if (current && now - current.startedAt <= longest) return current
    const flight = {
      permit: Semaphore.makeUnsafe(1),
      outcome: Deferred.makeUnsafe<A, E>(),
      startedAt: now,
      wake: new Set<() => void>()
    }
    flights.set(key, flight)
    return flight
  }

  /** What the holder of the permit does. */
  const fly = (key: string, flight: Flight<A, E>, work: Effect.Effect<A, E>): Effect.Effect<unknown, E> =>
    Effect.suspend(() => {
      const landed = Deferred.makeUnsafe<void>()
      own.set(flight, landed)
      return Effect.onExit(work, (exit) =>
        Effect.sync(() => {
          own.delete(flight)
          // Only the owner of a flight clears it (I-3).
          if (flights.get(key) === flight) flights.delete(key)
          land(flight, Exit.hasInterrupts(exit) ? Effect.fail(options.closed()) : exit)
          Deferred.doneUnsafe(landed, Effect.void)
        })
      )
    })

  return {
    // A caller that is interrupted before its fork leaves a flight whose permit is free: the next caller takes it.
    run: (key, work) =>
      Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
        // A fiber forked into a closed scope never starts.
        if (isClosed || options.scope.state._tag === "Closed") return Effect.fail(options.closed())
        const flight = flightOf(key, now)
        const tried = flight.permit.withPermitsIfAvailable(1)(fly(key, flight, work))
        return Effect.andThen(Effect.forkIn(tried, options.scope, { startImmediately: true }), outcomeOf(flight))
      }),
    settled: Effect.suspend(() => Effect.forEach([...own.values()], (landed) => Deferred.await(landed))),
    close: () => {
      isClosed = true
      for (const flight of own.keys()) land(flight, Effect.fail(options.closed()))
      // New callers do not join them: another owner of the table starts a new flight, although these have not ended yet.
      for (const [key, flight] of flights) if (own.has(flight)) flights.delete(key)
    }
  }
}

const land = <A, E>(flight: Flight<A, E>, outcome: Effect.Effect<A, E>): void => {
  Deferred.doneUnsafe(flight.outcome, outcome)
  for (const wake of flight.wake) wake()
  flight.wake.clear()
}

/**
 * Each waiter is woken by a promise of its own. Where a runtime ties work to the request in which it began, as Workers do, a fiber that
 * another request's flight resumed would go on within that other request and be dropped when it ends.
 */
const outcomeOf = <A, E>({ outcome, wake }: Flight<A, E>): Effect.Effect<A, E> =>
  Effect.callback((resume) => {
    if (Deferred.isDoneUnsafe(outcome)) return resume(Deferred.await(outcome))
    let landed = () => {}
    void new Promise<void>((resolve) => (landed = resolve)).then(() => resume(Deferred.await(outcome)))
    wake.add(landed)
    return Effect.sync(() => wake.delete(landed))
  })
