/**
 * Keeps the session in memory and the stored one in step. A store that fails never fails a call whose tokens
 * are good: the session stays in memory, the failure is announced, and the next save tries again.
 *
 * One for each client, made by its layer: whoever asks first reads the store, for all.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { LinxioConfig } from "../LinxioConfig.ts"
import { clientClosed } from "../errors/words.ts"
import type { LinxioFailure, LinxioStoreError } from "../LinxioError.ts"
import { type Active, Session } from "../Session.ts"
import { sameSecrets, type SessionTokens } from "../session/SessionTokens.ts"
import { SessionStore } from "../stores/SessionStore.ts"
import * as SingleFlight from "./singleFlight.ts"

export interface StoreSyncService {
  /** Whether the stored session was taken over, or there was none. */
  readonly isRestored: () => boolean
  /** Takes the stored session over, once, before the first request is signed: creating a client does no I/O. */
  readonly restore: Effect.Effect<void, LinxioFailure>
  /** Takes over the stored session if it is another one than `active` has, and no older. */
  readonly adoptNewer: (active: Active) => Effect.Effect<Active | undefined>
  /** Saves the tokens of `active`, expecting the session that they replace; whoever was faster wins and is adopted (I-34). */
  readonly save: (active: Active, expectedPrevious: Redacted.Redacted | undefined) => Effect.Effect<Active>
  /** Puts the session in memory in the place of whatever is stored; a save that comes between is replaced as well. */
  readonly replace: (active: Active) => Effect.Effect<void>
  /** Removes the stored session if it is still the expected one. */
  readonly clear: (expectedPrevious: Redacted.Redacted | undefined) => Effect.Effect<void>
  /** Removes whatever is stored, also what a refresh saves at the same moment. */
  readonly forget: Effect.Effect<void>
  /** Runs a refresh while no other process that uses the store runs one. */
  readonly exclusively: <A>(work: Effect.Effect<A, LinxioFailure>) => Effect.Effect<A, LinxioFailure>
}

export class StoreSync extends Context.Service<StoreSync, StoreSyncService>()("linxio-effect/refresh/StoreSync") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<StoreSync, never, LinxioConfig | Session | SessionStore> =>
    Layer.effect(StoreSync, make)
}

/** Against a rival that never stops. */
const mostRounds = 5

const make = Effect.gen(function* () {
  const session = yield* Session
  const store = yield* SessionStore
  const { deadlineMs } = yield* LinxioConfig
  /** The epoch of a session whose last save failed. */
  let behind: number | undefined

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

  /** Takes over a stored session, as the same identity unless its token says otherwise. */
  const adopt = (active: Active, stored: SessionTokens): Effect.Effect<Active | undefined> =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      if (sameSecrets(stored, active.tokens) || !session.isCurrent(active)) return undefined
      const sameSubject =
        stored.subject === undefined || active.tokens.subject === undefined || stored.subject === active.tokens.subject
      return sameSubject
        ? session.renew(active, stored, now)
        : session.signIn(session.ticket(), stored, "restored", now)
    })

  const adoptNewer = (active: Active): Effect.Effect<Active | undefined> =>
    Effect.flatMap(load, (stored) =>
      stored === undefined || stored.obtainedAt < active.tokens.obtainedAt
        ? Effect.succeed(undefined)
        : adopt(active, stored)
    )

  /** What is stored is behind the session in memory: the next save replaces it whatever it is. */
  const fellBehind = (active: Active) => (error: LinxioStoreError) => {
    behind = active.epoch
    return Effect.as(announced(error), active)
  }

  const caughtUp = Effect.sync(() => void (behind = undefined))

  const save = (active: Active, expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<Active> =>
    behind === active.epoch
      ? Effect.as(replace(active), active)
      : store.save(active.tokens, expectedPrevious).pipe(
          Effect.flatMap((saved) => (saved ? Effect.succeed(active) : lost(active))),
          Effect.catch(fellBehind(active))
        )

  const lost = (active: Active): Effect.Effect<Active, LinxioStoreError> =>
    Effect.flatMap(load, (stored) => {
      if (stored) return Effect.map(adopt(active, stored), (winner) => winner ?? active)
      // Whoever has signed out meanwhile must not find the session in the store again (I-16).
      if (!session.isCurrent(active)) return Effect.succeed(active)
      return Effect.as(Effect.andThen(store.save(active.tokens, undefined), withdrawIfOver(active)), active)
    })

  /** Takes back what was saved while somebody signed out or in as another (I-16). */
  const withdrawIfOver = (active: Active): Effect.Effect<unknown, LinxioStoreError> =>
    Effect.suspend(() =>
      session.currentUnsafe().epoch === active.epoch ? Effect.void : store.clear(active.tokens.refreshToken)
    )

  const replace = (active: Active): Effect.Effect<void> =>
    store.load.pipe(
      Effect.flatMap((stored) => store.save(active.tokens, stored?.refreshToken)),
      Effect.repeat({ until: (saved) => saved || !session.isCurrent(active), times: mostRounds }),
      Effect.andThen(Effect.andThen(withdrawIfOver(active), caughtUp)),
      Effect.asVoid,
      Effect.catch((error) => Effect.asVoid(fellBehind(active)(error)))
    )

  const clear = (expectedPrevious: Redacted.Redacted | undefined): Effect.Effect<void> =>
    Effect.catch(Effect.asVoid(store.clear(expectedPrevious)), announced)

  const forget: Effect.Effect<void> = store.load.pipe(
    Effect.flatMap((stored) => (stored ? store.clear(stored.refreshToken) : Effect.succeed(true))),
    Effect.repeat({ until: (cleared) => cleared, times: mostRounds }),
    Effect.asVoid,
    Effect.catch(announced)
  )

  const restoring = SingleFlight.make<void, LinxioFailure>({
    scope: yield* Effect.scope,
    closed: clientClosed,
    longestMs: deadlineMs
  })
  // Taken now, so that whoever signs in or out before the store has answered decides (I-15).
  const ticket = session.ticket()
  let restored = false

  const takeOver = Effect.gen(function* () {
    // Whoever is signed in already does not depend on what is stored.
    const stored = yield* Effect.catch(store.load, (error) =>
      session.currentUnsafe()._tag === "Active" ? Effect.as(announced(error), undefined) : Effect.fail(error)
    )
    const now = yield* Clock.currentTimeMillis
    if (stored) session.signIn(ticket, stored, "restored", now)
    restored = true
  })

  return StoreSync.of({
    isRestored: () => restored,
    restore: restoring.run("restore", takeOver),
    adoptNewer,
    save,
    replace,
    clear,
    forget,
    exclusively: (work) => (store.lock === undefined ? work : store.lock(work))
  })
})
