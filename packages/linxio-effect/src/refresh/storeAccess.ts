/**
 * The store as the engine uses it: bounded in time, with errors that hold no secret (F-2), and with an announcement for each outage instead of
 * one for each call. What was read or written last is remembered, with the moment at which its version was first seen (S-4).
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

/** The record as somebody last saw it. */
export interface Sighting {
  readonly record: StoredRecord | null
  /** 0 where nothing is stored. */
  readonly version: number
  /** When this version was first seen, by the monotonic clock of this process in milliseconds. */
  readonly seenAt: number
}

export interface StoreAccess {
  /** Reads the record. Announces a failure once for each outage. */
  readonly look: Effect.Effect<Sighting, LinxioStoreError>
  /** Writes the record in the place of the one that was seen, with the next version; undefined where another has been faster. */
  readonly swap: (
    seen: Sighting,
    next: Omit<StoredRecord, "version">
  ) => Effect.Effect<Sighting | undefined, LinxioStoreError>
  /** The highest version that was seen. */
  readonly newest: () => number
  /** Whether the version that was seen last was written by this client. */
  readonly isOurs: () => boolean
  /** Calls `changed` when this process, or the store, knows of a change; returns the function that stops it. */
  readonly subscribe: (changed: () => void) => () => void
  /** How long a sighting's version has stood, in milliseconds. */
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

/** Who waits for a change of which store, in this process: clients of one process need no poll to hear of each other (S-12). */
const StoreListeners = Context.Reference("linxio-effect/refresh/StoreListeners", { defaultValue: makeListeners })

export const makeStoreAccess = Effect.fnUntraced(function* (store: SessionStoreService, session: SessionService) {
  const clock = yield* Clock.Clock
  const listeners = (yield* StoreListeners)(store.identity ?? store)
  const limitMs = store.timeoutMs ?? defaultTimeoutMs
  let last: Sighting | undefined
  let newest = 0
  let written = 0
  let isDown = false

  const note = (record: StoredRecord | null): Sighting => {
    isDown = false
    const version = record?.version ?? 0
    newest = Math.max(newest, version)
    if (last === undefined || last.version !== version) last = { record, version, seenAt: monotonicMs(clock) }
    return last
  }

  const secrets = (next?: StoredRecord): ReadonlyArray<string> => {
    const held = session.recentSecrets().flatMap(plain)
    return [...held, ...secretsOf(last?.record), ...secretsOf(next)]
  }

  /** What a store says when it fails may quote its row (F-2). */
  const storeError = (operation: LinxioStoreError["operation"], cause: unknown, next?: StoredRecord) => {
    const known = secrets(next)
    if (cause instanceof LinxioStoreError) {
      const issue = wordsOf(cause.issue, known) ?? "it failed"
      return new LinxioStoreError({ operation, issue, cause: scrubCause(cause.cause, known) })
    }
    return storeFailed(operation, cause, known)
  }

  const failed = (error: LinxioStoreError): Effect.Effect<never, LinxioStoreError> => {
    if (!isDown) {
      isDown = true
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

  /** A store that throws, hangs or fails in any other way has failed; only an interruption stays one. */
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
        return problem === undefined
          ? Effect.succeed(note(record ?? null))
          : failed(new LinxioStoreError({ operation: "load", issue: `what is stored ${problem}; it is left as it is` }))
      }
    ),
    swap: (seen, changes) => {
      // A store that lost its data begins at 0 again: the version goes on from what was seen, so that nobody takes it for older.
      const next: StoredRecord = { ...changes, version: Math.max(newest, seen.version) + 1 }
      return Effect.map(
        guarded("save", () => store.swap(next, seen.version), next),
        (swapped) => {
          if (!swapped) return undefined
          written = next.version
          const now = note(next)
          // Whoever is told may stop listening.
          for (const changed of Array.from(listeners)) changed()
          return now
        }
      )
    },
    newest: () => newest,
    isOurs: () => written > 0 && written === newest,
    subscribe: (changed) => {
      listeners.add(changed)
      let stop: (() => void) | undefined
      try {
        stop = store.subscribe?.(changed)
      } catch {
        // It is for speed only: without it the record is read again and again.
      }
      return () => {
        listeners.delete(changed)
        try {
          stop?.()
        } catch {
          // Nobody is left to tell.
        }
      }
    },
    ageMs: ({ seenAt }) => monotonicMs(clock) - seenAt
  }
  return access
})
