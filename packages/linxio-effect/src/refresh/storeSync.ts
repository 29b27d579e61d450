/**
 * Keeps the session in memory and the stored one in step. A store that fails never fails a call whose tokens
 * are good: the session stays in memory, the failure is announced, and the next save tries again.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { LinxioFailure, LinxioStoreError } from "../LinxioError.ts"
import type { Active, SessionService } from "../Session.ts"
import type { SessionStoreService } from "../stores/SessionStore.ts"
import { sameSecrets, type SessionTokens } from "../session/SessionTokens.ts"

/** Sessions whose last save failed, with the epoch that it was of. */
const behind = new WeakMap<SessionService, number>()

/** Against a rival that never stops. */
const mostRounds = 5

export const makeSync = (store: SessionStoreService, session: SessionService) => {
  const announced = (error: LinxioStoreError) =>
    Effect.map(Clock.currentTimeMillis, (at) => {
      const operation = error.operation === "lock" ? "load" : error.operation
      session.announce({
        type: "storeFailed",
        at,
        epoch: session.currentUnsafe().epoch,
        operation,
        message: error.message
      })
    })

  const load: Effect.Effect<SessionTokens | undefined> = Effect.catch(store.load, (error) =>
    Effect.as(announced(error), undefined)
  )

  const isCurrent = (active: Active): boolean => {
    const state = session.currentUnsafe()
    return state._tag === "Active" && state.epoch === active.epoch && state.generation === active.generation
  }

  /** Takes over a stored session, as the same identity unless its token says otherwise. */
  const adopt = (active: Active, stored: SessionTokens): Effect.Effect<Active | undefined> =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      if (sameSecrets(stored, active.tokens) || !isCurrent(active)) return undefined
      const sameSubject =
        stored.subject === undefined || active.tokens.subject === undefined || stored.subject === active.tokens.subject
      return sameSubject
        ? session.renew(active, stored, now)
        : session.signIn(session.ticket(), stored, "restored", now)
    })

  /** Takes over the stored session if it is another one than `active` has, and no older. */
  const adoptNewer = (active: Active): Effect.Effect<Active | undefined> =>
    Effect.flatMap(load, (stored) =>
      stored === undefined || stored.obtainedAt < active.tokens.obtainedAt
        ? Effect.succeed(undefined)
        : adopt(active, stored)
    )

  /** What is stored is behind the session in memory: the next save replaces it whatever it is. */
  const fellBehind = (active: Active) => (error: LinxioStoreError) => {
    behind.set(session, active.epoch)
    return Effect.as(announced(error), active)
  }

  const caughtUp = Effect.sync(() => void behind.delete(session))

  /** Saves the tokens of `active`, expecting the session that they replace; whoever was faster wins and is adopted (I-34). */
  const save = (active: Active, expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<Active> =>
    behind.get(session) === active.epoch
      ? Effect.as(replace(active), active)
      : store.save(active.tokens, expectedPrevious).pipe(
          Effect.flatMap((saved) => (saved ? Effect.succeed(active) : lost(active))),
          Effect.catch(fellBehind(active))
        )

  const lost = (active: Active): Effect.Effect<Active, LinxioStoreError> =>
    Effect.flatMap(load, (stored) => {
      if (stored) return Effect.map(adopt(active, stored), (winner) => winner ?? active)
      // Whoever has signed out meanwhile must not find the session in the store again (I-16).
      if (!isCurrent(active)) return Effect.succeed(active)
      return Effect.as(Effect.andThen(store.save(active.tokens, undefined), withdrawIfOver(active)), active)
    })

  /** Takes back what was saved while somebody signed out or in as another (I-16). */
  const withdrawIfOver = (active: Active): Effect.Effect<unknown, LinxioStoreError> =>
    Effect.suspend(() =>
      session.currentUnsafe().epoch === active.epoch ? Effect.void : store.clear(active.tokens.refreshToken)
    )

  /** Puts the session in memory in the place of whatever is stored; a save that comes between is replaced as well. */
  const replace = (active: Active): Effect.Effect<void> =>
    store.load.pipe(
      Effect.flatMap((stored) => store.save(active.tokens, stored?.refreshToken)),
      Effect.repeat({ until: (saved) => saved || !isCurrent(active), times: mostRounds }),
      Effect.andThen(Effect.andThen(withdrawIfOver(active), caughtUp)),
      Effect.asVoid,
      Effect.catch((error) => Effect.asVoid(fellBehind(active)(error)))
    )

  const clear = (expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<void> =>
    Effect.catch(Effect.asVoid(store.clear(expectedPrevious)), announced)

  /** Removes whatever is stored, also what a refresh saves at the same moment. */
  const forget: Effect.Effect<void> = store.load.pipe(
    Effect.flatMap((stored) => (stored ? store.clear(stored.refreshToken) : Effect.succeed(true))),
    Effect.repeat({ until: (cleared) => cleared, times: mostRounds }),
    Effect.asVoid,
    Effect.catch(announced)
  )

  const exclusively = <A>(work: Effect.Effect<A, LinxioFailure>): Effect.Effect<A, LinxioFailure> =>
    store.lock === undefined ? work : store.lock(work)

  return { announced, adoptNewer, save, replace, clear, forget, exclusively }
}
