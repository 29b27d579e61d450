/**
 * The engine's access to the store, with time limits, errors without secrets (F-2), and one `storeFailed` for each outage instead of one for each call.
 * Remembers the record that was last read or written, and when its version was first seen (S-4).
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { scrubCause, wordsOf } from "../errors/scrub.ts"
import { storeFailed } from "../errors/words.ts"
import { monotonicMs } from "../exchange/call.ts"
import { LinxioStoreError } from "../LinxioError.ts"
import type { SessionService } from "../Session.ts"
import type { SessionStoreService } from "../stores/SessionStore.ts"
import { plain, problemOf, secretsOf, type StoredRecord } from "../stores/StoredRecord.ts"

/** The record as it was last read or written. */
export interface Sighting {
  readonly record: StoredRecord | null
  /** The version; 0 if nothing is stored. */
  readonly version: number
  /** When this version was first seen, on the monotonic clock of this process, in milliseconds. */
  readonly seenAt: number
}

export interface StoreAccess {
  /** Reads the record. Reports a failure once for each outage. */
  readonly look: Effect.Effect<Sighting, LinxioStoreError>
  /** Replaces the record that was read by this one, with the next version; undefined if another client was faster. */
  readonly swap: (
    seen: Sighting,
    next: Omit<StoredRecord, "version">
  ) => Effect.Effect<Sighting | undefined, LinxioStoreError>
  /** The version that was read or written last; undefined before the first time. */
  readonly seen: () => number | undefined
  /** Whether the version that was seen last was written by this client. */
  readonly isOurs: () => boolean
  /** Calls `changed` when this process or the store reports a change. Returns a function that unsubscribes. */
  readonly subscribe: (changed: () => void) => () => void
  /** The time since the version of a record was first seen, in milliseconds. */
  readonly ageMs: (seen: Sighting) => number
}

const defaultTimeoutMs = 2_000

const makeListeners = () => {
  const byStore = new WeakMap<object, Set<() => void>>()
  return (store: object): Set<() => void> => {
    const known = byStore.get(store) ?? new Set<() => void>()
    byStore.set(store, known)
    return known
  }
}

/** The subscribers of each store in this process: clients of one process notify each other without polling (S-12). */
const StoreListeners = Context.Reference("linxio-effect/refresh/StoreListeners", { defaultValue: makeListeners })

export const makeStoreAccess = Effect.fnUntraced(function* (store: SessionStoreService, session: SessionService) {
  const clock = yield* Clock.Clock
  const listeners = (yield* StoreListeners)(store.identity ?? store)
  const limitMs = store.timeoutMs ?? defaultTimeoutMs
  let last: Sighting | undefined
  let newest = 0
  let written = 0
  /** The operations that failed when they were last tried. */
  const down = new Set<LinxioStoreError["operation"]>()

  const note = (record: StoredRecord | null): Sighting => {
    const version = record?.version ?? 0
    newest = Math.max(newest, version)
    if (last === undefined || last.version !== version) last = { record, version, seenAt: monotonicMs(clock) }
    return last
  }

  const secrets = (next?: StoredRecord): ReadonlyArray<string> => {
    const held = session.recentSecrets().flatMap(plain)
    return [...held, ...secretsOf(last?.record), ...secretsOf(next)]
  }

  /** The secrets to remove from the error of a store, which may quote its row (F-2). */
  const storeError = (operation: LinxioStoreError["operation"], cause: unknown, next?: StoredRecord) => {
    const known = secrets(next)
    if (cause instanceof LinxioStoreError) {
      const issue = wordsOf(cause.issue, known) ?? "it failed"
      return new LinxioStoreError({ operation, issue, cause: scrubCause(cause.cause, known) })
    }
    return storeFailed(operation, cause, known)
  }

  const failed = (error: LinxioStoreError): Effect.Effect<never, LinxioStoreError> => {
    if (!down.has(error.operation)) {
      down.add(error.operation)
      session.announce({
        type: "storeFailed",
        at: clock.currentTimeMillisUnsafe(),
        epoch: session.currentUnsafe().epoch,
        operation: error.operation,
        message: error.message
      })
    }
    return Effect.fail(error)
  }

  /** Maps every failure of a store (an exception, a timeout, an error) to a `LinxioStoreError`; an interruption stays one. */
  const guarded = <A>(
    operation: LinxioStoreError["operation"],
    work: () => Effect.Effect<A, LinxioStoreError>,
    next?: StoredRecord
  ): Effect.Effect<A, LinxioStoreError> =>
    Effect.suspend(work).pipe(
      Effect.timeoutOrElse({
        duration: limitMs,
        orElse: () => Effect.fail(new LinxioStoreError({ operation, issue: `no answer within ${limitMs} ms` }))
      }),
      Effect.catchCause((cause): Effect.Effect<never, LinxioStoreError> => {
        const reason = cause.reasons.find(Cause.isFailReason) ?? cause.reasons.find(Cause.isDieReason)
        if (reason === undefined) return Effect.failCause(cause)
        return failed(storeError(operation, Cause.isFailReason(reason) ? reason.error : reason.defect, next))
      })
    )

  const access: StoreAccess = {
    look: Effect.flatMap(
      guarded("load", () => store.load),
      (record) => {
        const problem = record === null || record === undefined ? undefined : problemOf(record)
        if (problem === undefined) down.delete("load")
        return problem === undefined
          ? Effect.succeed(note(record ?? null))
          : failed(
              new LinxioStoreError({
                operation: "load",
                issue: `what is stored ${problem}; it is left as it is: remove it if it is of no use`
              })
            )
      }
    ),
    swap: (seen, changes) => {
      // A store that lost its data starts at 0 again. The version continues from the highest one seen, so that it does not look older.
      const next: StoredRecord = { ...changes, version: Math.max(newest, seen.version) + 1 }
      return Effect.map(
        guarded("save", () => store.swap(next, seen.version), next),
        (swapped) => {
          down.clear()
          if (!swapped) return undefined
          written = next.version
          const now = note(next)
          // A copy, because a subscriber may unsubscribe in its callback.
          for (const changed of Array.from(listeners)) changed()
          return now
        }
      )
    },
    seen: () => last?.version,
    isOurs: () => written > 0 && written === newest,
    subscribe: (changed) => {
      listeners.add(changed)
      let stop: (() => void) | undefined
      try {
        stop = store.subscribe?.(changed)
      } catch {
        // `subscribe` is only an optimisation: without it, the record is polled.
      }
      return () => {
        listeners.delete(changed)
        try {
          stop?.()
        } catch {
          // Ignored: the subscription has ended already.
        }
      }
    },
    ageMs: ({ seenAt }) => monotonicMs(clock) - seenAt
  }
  return access
})
