/**
 * Renews the access token: one flight for any number of callers, one answer for all of them.
 *
 * Two circles share the work. Inside a client, a refresh is a single flight from the store to the commit.
 * Across the clients of a process that use the same transport, the request itself is one per refresh token
 * (I-1), and so is what was learnt from it: a cooldown after a failure (I-23), a refusal that is final (I-21).
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { postRefresh } from "./refresh/postRefresh.ts"
import { RefreshSharing, type Slot } from "./refresh/refreshSlots.ts"
import { notRefreshable, sessionChanged, sessionEnded } from "./errors/session.ts"
import { Transport } from "./transport/Transport.ts"
import * as SingleFlight from "./refresh/singleFlight.ts"
import { makeSync } from "./refresh/storeSync.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import {
  LinxioAbortError,
  LinxioTimeoutError,
  type CallFacts,
  type LinxioFailure,
  type SessionEnd
} from "./LinxioError.ts"
import { type Active, Session } from "./Session.ts"
import { SessionStore } from "./stores/SessionStore.ts"

/** The tokens that a caller holds and wants replaced. */
export interface Seen {
  /** The identity that the request was signed under. */
  readonly epoch: number
  /** The version of the tokens that it was signed with. */
  readonly generation: number
  /** How many refreshes of this refresh token had failed when the caller signed its request. */
  readonly failures: number
}

/** How long a caller waits for a refresh, and how its error names the call. */
export interface Waiting extends CallFacts {
  /** The longest wait, in milliseconds. */
  readonly patienceMs: number
}

/** What `TokenRefresh` offers. */
export interface TokenRefreshService {
  /** Replaces the tokens that were seen, unless somebody already has; waits for no longer than `patienceMs`. */
  readonly refresh: (seen: Seen, waiting: Waiting) => Effect.Effect<Active, LinxioFailure>
  /** Starts a refresh and does not wait for it; does nothing while one is in the air or the endpoint is left alone. */
  readonly refreshInBackground: (active: Active) => Effect.Effect<void>
  /** Whether the endpoint is left alone for now, after a refresh that failed. */
  readonly isCoolingDown: (active: Active, now: number) => boolean
  /** What the caller has seen, as of now. */
  readonly seenOf: (active: Active) => Seen
  /** Ends the session of `active` if its refresh token was refused for good, in memory and in the store. */
  readonly endIfDenied: (active: Active) => Effect.Effect<void>
  /** Since when and until when the endpoint is left alone, and why. */
  readonly slotOf: (active: Active) => Slot | undefined
}

/** The refresh of a client's tokens. */
export class TokenRefresh extends Context.Service<TokenRefresh, TokenRefreshService>()("linxio-effect/TokenRefresh") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<TokenRefresh, never, LinxioConfig | Session | SessionStore | Transport> =>
    Layer.effect(TokenRefresh, make)
}

/** How long closing a client waits for a refresh that is in the air, so that its answer is saved. */
const closingGrace = "5 seconds"

const make = Effect.gen(function* () {
  const transport = yield* Transport
  const config = yield* LinxioConfig
  const session = yield* Session
  const store = makeSync(yield* SessionStore, session)
  const shared = (yield* RefreshSharing).of(transport, config.baseUrl.href)

  const closed = () => new LinxioAbortError({ message: "The Linxio client was closed", reason: "closed" })
  const scope = yield* Scope.make()
  // No burst of attempts lasts longer, and a flight that waits for a lock loses nothing when another one queues behind it.
  const longestMs = config.refresh.deadlineMs + 1_000
  const own = SingleFlight.make<Active, LinxioFailure>({ scope, closed, longestMs })
  const posts = SingleFlight.make({ scope, closed: () => "closed" as const, longestMs, flights: shared.flights })
  yield* Effect.addFinalizer((exit) =>
    Effect.suspend(() => {
      own.close()
      return Effect.andThen(Effect.timeoutOption(own.settled, closingGrace), () => {
        posts.close()
        return Scope.close(scope, exit)
      })
    })
  )

  const slotOf = (active: Active) => active.tokens.refreshToken && shared.slotOf(active.tokens.refreshToken)
  const seenOf = (active: Active): Seen => ({
    epoch: active.epoch,
    generation: active.generation,
    failures: slotOf(active)?.failures ?? 0
  })

  const endIfDenied = (active: Active): Effect.Effect<void> =>
    Effect.suspend(() => {
      const denied = slotOf(active)?.denied
      return denied && session.end(active, denied) ? store.clear(active.tokens.refreshToken) : Effect.void
    })

  /** The request, once per process: whoever joins another client's flight gets its answer, or starts anew if that client was closed. */
  const post = (active: Active, slot: Slot): ReturnType<typeof postRefresh> =>
    posts.run(slot.key, postRefresh(transport, config, active, slot, shared.newestOf, session.announce)).pipe(
      Effect.catchIf(
        (error) => error === "closed",
        () => (scope.state._tag === "Closed" ? Effect.fail(closed()) : post(active, slot))
      )
    )

  /** Store, request, commit, save: the whole work of one flight. */
  const renew = (active: Active, slot: Slot): Effect.Effect<Active, LinxioFailure> =>
    store.exclusively(
      Effect.gen(function* () {
        const stored = yield* store.adoptNewer(active)
        if (stored) return stored
        const answer = yield* Effect.result(post(active, slot))
        if (Result.isFailure(answer)) {
          // Before a refusal counts, the store is read once more: another process may have been first (I-35).
          const newer = slot.denied && (yield* store.adoptNewer(active))
          return newer ?? (yield* Effect.fail(answer.failure))
        }
        const next = session.renew(active, answer.success, yield* Clock.currentTimeMillis)
        // The session changed hands meanwhile: the answer belongs to nobody any more (I-12).
        if (next === undefined) return yield* Effect.fail(sessionChanged())
        return yield* store.save(next, active.tokens.refreshToken)
      })
    )

  const fly = (active: Active, slot: Slot): Effect.Effect<Active, LinxioFailure> =>
    Effect.mapError(
      own.run(
        `${active.epoch}/${active.generation}`,
        Effect.suspend(() => renew(active, slot))
      ),
      (failure) => (slot.denied ? sessionEnded(slot.denied) : failure)
    )

  /** The refusal may be hours old: the store is read again before it ends the session (I-35). */
  const adoptInstead = (active: Active, denied: SessionEnd): Effect.Effect<Active, LinxioFailure> =>
    Effect.flatMap(store.adoptNewer(active), (newer) =>
      newer ? Effect.succeed(newer) : Effect.fail(sessionEnded(denied))
    )

  const refresh = (seen: Seen, waiting: Waiting): Effect.Effect<Active, LinxioFailure> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const state = session.currentUnsafe()
      if (state._tag === "Ended") return Effect.fail(sessionEnded(state.end, state.codeRequired))
      if (state._tag === "Anonymous" || state.epoch !== seen.epoch) return Effect.fail(sessionChanged())
      if (state.generation !== seen.generation) return Effect.succeed(state) // somebody already has (I-4)
      const slot = slotOf(state)
      if (slot === undefined) return Effect.fail(notRefreshable())
      if (slot.denied) return adoptInstead(state, slot.denied)
      // Whoever signed before the refresh failed shares its failure (I-5); whoever comes later waits for the
      // end of the cooldown if there is time, and else gets the remembered error at once (I-23).
      if (slot.lastFailure && slot.failures > seen.failures) return Effect.fail(slot.lastFailure)
      const wait = slot.lastFailure && !shared.flights.has(slot.key) ? slot.coolUntil - now : 0
      if (slot.lastFailure && wait > waiting.patienceMs) return Effect.fail(slot.lastFailure)
      if (wait > 0) {
        return Effect.andThen(Effect.sleep(wait), refresh(seen, { ...waiting, patienceMs: waiting.patienceMs - wait }))
      }
      return Effect.timeoutOrElse(fly(state, slot), {
        duration: Math.max(0, waiting.patienceMs),
        orElse: () =>
          Effect.fail(new LinxioTimeoutError({ ...waiting, timeoutMs: waiting.patienceMs, phase: "refresh" }))
      })
    })

  const isCoolingDown = (active: Active, now: number): boolean => {
    const slot = slotOf(active)
    return slot?.lastFailure !== undefined && now < slot.coolUntil && !shared.flights.has(slot.key)
  }

  const refreshInBackground = (active: Active): Effect.Effect<void> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const slot = slotOf(active)
      // No waiting here: a fiber that slept through a cooldown would keep the process alive (I-26).
      if (slot === undefined || slot.denied || shared.flights.has(slot.key) || isCoolingDown(active, now)) {
        return Effect.void
      }
      return Effect.asVoid(Effect.forkIn(Effect.ignore(fly(active, slot)), scope, { startImmediately: true }))
    })

  return TokenRefresh.of({ refresh, refreshInBackground, isCoolingDown, seenOf, endIfDenied, slotOf })
})
