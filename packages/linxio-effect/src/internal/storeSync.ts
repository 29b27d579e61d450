/**
 * Keeps the session in memory and the stored one in step. A store that fails never fails a call whose tokens
 * are good: the session stays in memory, the failure is announced, and the next save tries again.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { LinxioFailure, LinxioStoreError } from "../LinxioError.ts"
import type { Active, SessionService } from "../Session.ts"
import type { SessionStoreService } from "../SessionStore.ts"
import { sameSecrets, type SessionTokens } from "../SessionTokens.ts"

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

  /** Takes over the stored session if it is another one than `active` has, as the same identity unless its token says otherwise. */
  const adoptNewer = (active: Active): Effect.Effect<Active | undefined> =>
    Effect.flatMap(load, (stored) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        if (stored === undefined || sameSecrets(stored, active.tokens)) return undefined
        if (stored.obtainedAt < active.tokens.obtainedAt) return undefined
        const sameSubject =
          stored.subject === undefined ||
          active.tokens.subject === undefined ||
          stored.subject === active.tokens.subject
        return sameSubject
          ? session.renew(active, stored, now)
          : session.signIn(session.ticket(), stored, "restored", now)
      })
    )

  /** Saves the tokens of `active`, expecting the session that they replace; whoever was faster wins and is adopted (I-34). */
  const save = (active: Active, expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<Active> =>
    store.save(active.tokens, expectedPrevious).pipe(
      Effect.flatMap((saved) =>
        saved
          ? Effect.succeed(active)
          : Effect.flatMap(load, (stored) =>
              stored === undefined
                ? Effect.as(store.save(active.tokens, undefined), active)
                : Effect.map(adoptNewer(active), (newer) => newer ?? active)
            )
      ),
      Effect.catch((error) => Effect.as(announced(error), active))
    )

  /** Puts a new identity in the place of whatever is stored. */
  const replace = (active: Active): Effect.Effect<void> =>
    Effect.flatMap(load, (stored) => store.save(active.tokens, stored?.refreshToken)).pipe(
      Effect.asVoid,
      Effect.catch(announced)
    )

  const clear = (expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<void> =>
    Effect.catch(Effect.asVoid(store.clear(expectedPrevious)), announced)

  /** Removes whatever is stored. */
  const forget: Effect.Effect<void> = Effect.flatMap(load, (stored) => clear(stored?.refreshToken))

  const exclusively = <A>(work: Effect.Effect<A, LinxioFailure>): Effect.Effect<A, LinxioFailure> =>
    store.lock === undefined ? work : store.lock(work)

  return { adoptNewer, save, replace, clear, forget, exclusively }
}
