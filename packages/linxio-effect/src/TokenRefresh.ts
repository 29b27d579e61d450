/**
 * Refreshes the tokens: a single flight for any number of callers, with one outcome for all of them.
 *
 * There are two levels of sharing. Inside a client, a refresh is a single flight from reading the store to the commit.
 * Across the clients of a process that use the same transport, the request itself is one per refresh token
 * (I-1). Its results are shared too: a cooldown after a failure (I-23), a final refusal (I-21).
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { postRefresh } from "./refresh/postRefresh.ts"
import { RefreshSharing, type RefreshState } from "./refresh/refreshState.ts"
import { clientClosed, notRefreshable, sessionChanged, sessionEnded, timedOut } from "./errors/words.ts"
import { Transport } from "./transport/Transport.ts"
import * as SingleFlight from "./refresh/singleFlight.ts"
import type { RefreshRequest, Renewal } from "./refresh/lease.ts"
import { SharedSession } from "./refresh/SharedSession.ts"
import { monotonicMs } from "./exchange/call.ts"
import { CallObserver } from "./CallObserver.ts"
import { unimplemented } from "./config/unimplemented.ts"
import { LinxioConfig } from "./LinxioConfig.ts"
import { type CallFacts, type LinxioFailure, type SessionEnd } from "./LinxioError.ts"
import { type Active, Session } from "./Session.ts"
import type { SessionTokens } from "./session/SessionTokens.ts"

/** Identifies the tokens that a caller wants replaced. */
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
  readonly longestWaitMs: number
}

/** The state of the refresh of a session. Times are milliseconds since the epoch. */
export interface RefreshStatus {
  /** How Linxio refused the refresh token, if it did. */
  readonly denied: SessionEnd | undefined
  /** The end of the cooldown after a failed refresh. */
  readonly nextAttemptAt: number | undefined
  /** The last refresh, if it failed. */
  readonly lastFailure: { readonly error: LinxioFailure; readonly at: number } | undefined
}

/** The methods of `TokenRefresh`. */
export interface TokenRefreshService {
  /** Replaces the tokens that the caller has seen, unless they were replaced already. Waits at most `longestWaitMs`. */
  readonly refresh: (seen: Seen, waiting: Waiting) => Effect.Effect<Active, LinxioFailure>
  /** Starts a refresh in the background. Does nothing during a refresh or a cooldown. */
  readonly refreshInBackground: (active: Active) => Effect.Effect<void>
  /** Whether there is a cooldown after a failed refresh. */
  readonly isCoolingDown: (active: Active) => boolean
  /** What the caller has seen, as of now. */
  readonly seenOf: (active: Active) => Seen
  /** Ends the session of `active`, in memory and in the store, if Linxio has refused its refresh token. */
  readonly endIfDenied: (active: Active) => Effect.Effect<void>
  /** Records that Linxio has just issued these tokens: earlier knowledge about the same token texts is deleted. */
  readonly issued: (tokens: SessionTokens) => void
  /** The state of the refresh of these tokens. */
  readonly statusOf: (active: Active, now: number) => RefreshStatus
}

/** The refresh of a client's tokens. */
export class TokenRefresh extends Context.Service<TokenRefresh, TokenRefreshService>()("linxio-effect/TokenRefresh") {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<TokenRefresh, never, LinxioConfig | Session | SharedSession | Transport> =>
    Layer.effect(TokenRefresh, make)

  /**
   * For tests: a complete service from `refresh` alone. A method with an effect that was not provided dies with an error that names it; a method that only
   * reports a state reports no problem.
   *
   * @example
   * ```ts
   * import * as Effect from "effect/Effect"
   * import { LinxioAuthenticationError, TokenRefresh } from "linxio-effect"
   *
   * const notNow = new LinxioAuthenticationError({ reason: "NotSignedIn", message: "not in this test" })
   * const layer = TokenRefresh.layerTest({ refresh: () => Effect.fail(notNow) })
   * ```
   */
  static readonly layerTest = (partial: Partial<TokenRefreshService>): Layer.Layer<TokenRefresh> =>
    Layer.succeed(TokenRefresh, unimplemented<TokenRefreshService>("TokenRefresh", { ...untroubled, ...partial }))
}

const untroubled: Partial<TokenRefreshService> = {
  isCoolingDown: () => false,
  seenOf: ({ epoch, generation }) => ({ epoch, generation, failures: 0 }),
  issued: () => {},
  statusOf: () => ({ denied: undefined, nextAttemptAt: undefined, lastFailure: undefined })
}

/** How long closing a client waits for a running refresh, so that its result is saved. */
const closingGrace = "5 seconds"

const make = Effect.gen(function* () {
  const transport = yield* Transport
  const observer = yield* CallObserver
  const config = yield* LinxioConfig
  const session = yield* Session
  const shared = yield* SharedSession
  const clock = yield* Clock.Clock
  const states = (yield* RefreshSharing).of(transport.identity, config.baseUrl.href)

  const scope = yield* Scope.make()
  // The longest duration of an exchange. If a flight takes longer to save, a second flight does no harm: it joins the same exchange, under the same lease.
  const longestMs = config.refresh.deadlineMs + 1_000
  const own = SingleFlight.make<Renewal, LinxioFailure>({ scope, closed: clientClosed, longestMs })
  const posts = SingleFlight.make({ scope, closed: () => "closed" as const, longestMs, flights: states.flights })
  yield* Effect.addFinalizer((exit) =>
    Effect.suspend(() => {
      own.close()
      return Effect.andThen(Effect.timeoutOption(own.settled, closingGrace), () => {
        posts.close()
        return Scope.close(scope, exit)
      })
    })
  )

  const stateOf = ({ tokens }: Pick<Active, "tokens">) => tokens.refreshToken && states.of(tokens.refreshToken)
  const seenOf = (active: Active): Seen => ({
    epoch: active.epoch,
    generation: active.generation,
    failures: stateOf(active)?.failures ?? 0
  })

  const endIfDenied = (active: Active): Effect.Effect<void> =>
    Effect.suspend(() => {
      const denied = stateOf(active)?.denied
      return denied && session.end(active, denied) ? shared.writeEnd(denied) : Effect.void
    })

  /** The request, once per process. A client that joins the flight of another client gets its result, or starts a new one if that client was closed. */
  const post = (active: Active, state: RefreshState): ReturnType<typeof postRefresh> =>
    posts.run(state.key, postRefresh(transport, config, active, state, states, session)).pipe(
      Effect.catchIf(
        (error) => error === "closed",
        () => (scope.state._tag === "Closed" ? Effect.fail(clientClosed()) : post(active, state))
      )
    )

  const requestOf = (active: Active, state: RefreshState): RefreshRequest => ({
    send: post(active, state),
    remembered: () => states.newestOf(state),
    denied: () => state.denied,
    deny: (end) => {
      if (state.denied === undefined) session.announce({ type: "refreshDenied", at: end.at, epoch: active.epoch, end })
      state.denied ??= end
      return sessionEnded(end)
    }
  })

  /** The whole work of one flight, from the store to the store. */
  const fly = (active: Active, state: RefreshState): Effect.Effect<Renewal, LinxioFailure> => {
    const renew = Effect.suspend(() => shared.renew(active, requestOf(active, state)))
    return Effect.mapError(
      own.run(`${active.epoch}/${active.generation}`, observer ? observer.refresh(active, renew) : renew),
      (failure) => (state.denied ? sessionEnded(state.denied) : failure)
    )
  }

  /** The session that another client has written, or else the failure: an error based on an outdated record is not final (S-8). */
  const adoptedOr = (active: Active, failure: () => LinxioFailure): Effect.Effect<Active, LinxioFailure> =>
    Effect.flatMap(shared.adopt(active), (newer) => (newer ? Effect.succeed(newer) : Effect.fail(failure())))

  /** The rest of the cooldown, in milliseconds; 0 if a refresh may start or is running. */
  const cooldownMs = (state: RefreshState): number =>
    state.lastFailure && !states.flights.has(state.key)
      ? Math.max(0, Math.ceil(state.coolUntil - monotonicMs(clock)))
      : 0

  const refresh = (seen: Seen, waiting: Waiting): Effect.Effect<Active, LinxioFailure> =>
    Effect.suspend(() => {
      const endsAt = monotonicMs(clock) + waiting.longestWaitMs
      let outage: LinxioFailure | undefined
      const renewed: Effect.Effect<Active, LinxioFailure> = Effect.suspend(() => {
        const current = session.currentUnsafe()
        if (current._tag === "Ended") return Effect.fail(sessionEnded(current.end, current.codeRequired))
        if (current._tag === "Anonymous" || current.epoch !== seen.epoch) return Effect.fail(sessionChanged())
        if (current.generation !== seen.generation) return Effect.succeed(current) // somebody already has (I-4)
        const state = stateOf(current)
        if (state === undefined) return adoptedOr(current, notRefreshable)
        const { denied, lastFailure } = state
        if (denied) return adoptedOr(current, () => sessionEnded(denied))
        // A caller that signed its request before the refresh failed gets the same error (I-5). A later caller waits for the
        // end of the cooldown if its limits allow, and else gets the stored error at once (I-23).
        if (lastFailure && state.failures > seen.failures) return Effect.fail(lastFailure.error)
        if (lastFailure && cooldownMs(state) > 0) return Effect.andThen(shared.lookAgain, coolDown(current, state))
        const flight = fly(current, state)
        return Effect.flatMap(observer ? observer.wait(current, flight) : flight, (renewal) => {
          if (renewal._tag === "Renewed") return Effect.succeed(renewal.active)
          outage = renewal.error
          return Effect.andThen(shared.wait(renewal.awaited), renewed)
        })
      })
      /** Another process may have refreshed meanwhile; then there is nothing to wait for. */
      const coolDown = (current: Active, state: RefreshState): Effect.Effect<Active, LinxioFailure> =>
        Effect.suspend(() => {
          const wait = session.isCurrent(current) ? cooldownMs(state) : 0
          if (state.lastFailure && wait > endsAt - monotonicMs(clock)) return Effect.fail(state.lastFailure.error)
          return wait > 0 ? Effect.andThen(Effect.sleep(wait), renewed) : renewed
        })
      return Effect.timeoutOrElse(renewed, {
        duration: Math.max(0, waiting.longestWaitMs),
        orElse: () => Effect.fail(outage ?? timedOut(waiting, "refresh", waiting.longestWaitMs))
      })
    })

  const isCoolingDown = (active: Active): boolean => {
    const state = stateOf(active)
    return state !== undefined && cooldownMs(state) > 0
  }

  const refreshInBackground = (active: Active): Effect.Effect<void> =>
    Effect.suspend(() => {
      const state = stateOf(active)
      // No waiting here: a fiber that slept through a cooldown would keep the process alive (I-26).
      if (state === undefined || state.denied || states.flights.has(state.key) || cooldownMs(state) > 0) {
        return Effect.void
      }
      return Effect.asVoid(Effect.forkIn(Effect.ignore(fly(active, state)), scope, { startImmediately: true }))
    })

  return TokenRefresh.of({
    refresh,
    refreshInBackground,
    isCoolingDown,
    seenOf,
    endIfDenied,
    issued: (tokens) => {
      const state = stateOf({ tokens })
      if (state) states.forget(state)
    },
    statusOf: (active, now) => {
      const state = stateOf(active)
      const wait = state ? cooldownMs(state) : 0
      return {
        denied: state?.denied,
        nextAttemptAt: wait > 0 ? now + wait : undefined,
        lastFailure: state?.lastFailure
      }
    }
  })
})
