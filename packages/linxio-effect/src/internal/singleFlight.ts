/**
 * Single flight: of any number of callers that want the same work at the same time, one starts it and all get
 * its outcome.
 *
 * The decision who leads is one synchronous block, so no lock is needed, and none is ever held across I/O. The
 * work runs in a scope of its own and not in the leader's fiber: no caller, and not all of them together, can
 * abort it by leaving (I-8). `Effect.cached` would abort it when its callers leave.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"

export interface SingleFlight<A, E> {
  /** Joins the flight under `key`, or starts it with `work`. */
  readonly run: (key: string, work: Effect.Effect<A, E>) => Effect.Effect<A, E>
  /** Waits until the flights of this owner that are in the air have landed. */
  readonly settled: Effect.Effect<unknown>
  /** Ends the flights of this owner: whoever waits, now or later, gets the `closed` error. */
  readonly close: () => void
}

/** The flights in the air, by key. Several owners may share one table. */
export type Flights<A, E> = Map<string, Deferred.Deferred<A, E>>

export const make = <A, E>(options: {
  readonly scope: Scope.Scope
  readonly closed: () => E
  readonly flights?: Flights<A, E>
}): SingleFlight<A, E> => {
  const flights = options.flights ?? new Map<string, Deferred.Deferred<A, E>>()
  /** The flights of this owner, and the signal that each has landed. */
  const own = new Map<Deferred.Deferred<A, E>, Deferred.Deferred<void>>()
  let isClosed = false

  const start = (key: string, work: Effect.Effect<A, E>) => {
    const deferred = Deferred.makeUnsafe<A, E>()
    const landed = Deferred.makeUnsafe<void>()
    // Before the fork, because the work may run at once, and others may close the owner from within it.
    flights.set(key, deferred)
    own.set(deferred, landed)
    const flight = Effect.onExit(work, (exit) =>
      Effect.sync(() => {
        own.delete(deferred)
        // Only the flight that owns the slot clears it (I-3).
        if (flights.get(key) === deferred) flights.delete(key)
        Deferred.doneUnsafe(deferred, Exit.hasInterrupts(exit) ? Effect.fail(options.closed()) : exit)
        Deferred.doneUnsafe(landed, Effect.void)
      })
    )
    return Effect.as(Effect.forkIn(flight, options.scope, { startImmediately: true }), deferred)
  }

  return {
    // Uninterruptible up to the fork: a leader that is interrupted between taking the slot and starting the
    // work would leave its followers waiting for ever.
    run: (key, work) =>
      Effect.uninterruptibleMask((restore) =>
        Effect.suspend(() => {
          // A fiber forked into a closed scope never starts.
          if (isClosed || options.scope.state._tag === "Closed") return Effect.fail(options.closed())
          const inTheAir = flights.get(key)
          return inTheAir
            ? restore(Deferred.await(inTheAir))
            : Effect.flatMap(start(key, work), (deferred) => restore(Deferred.await(deferred)))
        })
      ),
    settled: Effect.suspend(() => Effect.forEach([...own.values()], (landed) => Deferred.await(landed))),
    close: () => {
      isClosed = true
      for (const deferred of own.keys()) Deferred.doneUnsafe(deferred, Effect.fail(options.closed()))
      // Nobody joins them any more: another owner of the table begins anew, although these are still landing.
      for (const [key, deferred] of flights) if (own.has(deferred)) flights.delete(key)
    }
  }
}
