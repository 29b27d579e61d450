/**
 * Waits until another client has changed the record, or until its lease has expired. The record is polled only while a call waits (S-14), and all
 * waiting calls share one poll.
 */
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import type * as Scope from "effect/Scope"
import type { Sighting, StoreAccess } from "./storeAccess.ts"

/** What to wait for: a change of this version, for at most this time. Without a version: until the store is available. */
export interface Awaited {
  readonly version: number | undefined
  readonly forMs: number
}

const firstMs = 50
const longestMs = 500

export const makeTurns = (access: StoreAccess, scope: Scope.Scope) => {
  const waiting = new Map<() => void, Awaited>()
  let reader: Fiber.Fiber<unknown, unknown> | undefined
  let unsubscribe: (() => void) | undefined
  let isClosed = false

  const wakeAll = (isOver: (awaited: Awaited) => boolean): void => {
    for (const [wake, awaited] of Array.from(waiting)) if (isOver(awaited)) wake()
  }

  const hasMoved = (seen: Sighting) => (awaited: Awaited) =>
    awaited.version === undefined || awaited.version !== seen.version

  const readAgain = Effect.match(access.look, {
    onFailure: () => undefined,
    onSuccess: (seen) => wakeAll(hasMoved(seen))
  })

  /** Polls every 50 ms at first, then less often, so that many waiting processes do not overload a store. */
  const read = (delayMs: number): Effect.Effect<void> =>
    Effect.flatMap(Random.next, (share) =>
      Effect.sleep(delayMs * (0.75 + share / 2)).pipe(
        Effect.andThen(readAgain),
        Effect.andThen(Effect.suspend(() => read(Math.min(longestMs, delayMs * 1.5))))
      )
    )

  const begin = Effect.suspend(() => {
    if (reader !== undefined) return Effect.void
    // After a notification no poll is needed: each waiting call reads the record itself.
    unsubscribe = access.subscribe(() => wakeAll(() => true))
    return Effect.map(Effect.forkIn(read(firstMs), scope), (fiber) => void (reader = fiber))
  })

  const leave = (wake: () => void): void => {
    waiting.delete(wake)
    if (waiting.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
    reader?.interruptUnsafe()
    reader = undefined
  }

  /** Interruptible at any moment (S-10). */
  const wait = (awaited: Awaited): Effect.Effect<void> =>
    Effect.uninterruptibleMask((restore) =>
      Effect.suspend(() => {
        // The record may have changed since it was read, or the client may be closed.
        if (isClosed || (awaited.version !== undefined && access.seen() !== awaited.version)) return Effect.void
        const changed = Effect.callback<void>((resume) => {
          const wake = () => {
            leave(wake)
            resume(Effect.void)
          }
          waiting.set(wake, awaited)
          return Effect.sync(() => leave(wake))
        })
        const limited = Effect.asVoid(Effect.timeoutOption(changed, Math.max(0, Math.ceil(awaited.forMs))))
        return Effect.andThen(begin, restore(limited)).pipe(
          Effect.ensuring(
            Effect.sync(() => {
              // Interrupted before it waited: perhaps no call waits any more, and polling must stop.
              if (waiting.size === 0) leave(() => undefined)
            })
          )
        )
      })
    )

  return {
    wait,
    /** Wakes all waiting calls, which then find that the client is closed (S-10). */
    close: () => {
      isClosed = true
      wakeAll(() => true)
    }
  }
}
