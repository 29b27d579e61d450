/**
 * The session that the clients of a store share (docs/guarantees.md, S-1 to S-14). A client without a store uses a private one in memory, with the same
 * code.
 *
 * One for each client, made by its layer.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { clientClosed } from "../errors/words.ts"
import { monotonicMs } from "../exchange/call.ts"
import { LinxioConfig } from "../LinxioConfig.ts"
import type { LinxioFailure, SessionEnd } from "../LinxioError.ts"
import { type Active, Session } from "../Session.ts"
import { SessionStore } from "../stores/SessionStore.ts"
import type { Transport } from "../transport/Transport.ts"
import { makeAutoSignIn } from "./autoSignIn.ts"
import { makeLease, type RefreshRequest, type Renewal } from "./lease.ts"
import { randomText } from "./randomText.ts"
import { makeRecordSync } from "./recordSync.ts"
import * as SingleFlight from "./singleFlight.ts"
import { makeStoreAccess } from "./storeAccess.ts"
import { type Awaited, makeTurns } from "./turns.ts"

export interface SharedSessionService {
  /** Whether the store was read: the stored session was adopted, or there was none. */
  readonly isRestored: () => boolean
  /** Adopts the stored session, once, before the first request is signed. Creating a client does no I/O. */
  readonly restore: Effect.Effect<void, LinxioFailure>
  /** Writes a sign-in, a sign-out or a `setSession` of this client; it replaces any stored session (S-6). */
  readonly publish: Effect.Effect<void>
  /** Checks, at most once a second, whether another client has signed in or refreshed. */
  readonly lookAgain: Effect.Effect<void>
  /** Replaces the tokens of `active`: adopts those that another client has written, or refreshes under a lease. */
  readonly renew: (active: Active, request: RefreshRequest) => Effect.Effect<Renewal, LinxioFailure>
  /** The session in the record, if another client has replaced `active` there. */
  readonly adopt: (active: Active) => Effect.Effect<Active | undefined, LinxioFailure>
  /** Waits until the lease of another client ends. */
  readonly wait: (awaited: Awaited) => Effect.Effect<void>
  /** Writes that the session is over, unless another client has changed the record. */
  readonly writeEnd: (end: SessionEnd) => Effect.Effect<void>
  /**
   * Signs in automatically when no refresh can bring the session back, once for all clients; returns undefined if nobody is to sign in. Undefined if the
   * options have no credentials.
   */
  readonly signInAgain: Effect.Effect<Active | undefined, LinxioFailure> | undefined
}

export class SharedSession extends Context.Service<SharedSession, SharedSessionService>()(
  "linxio-effect/refresh/SharedSession"
) {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<SharedSession, never, LinxioConfig | Session | SessionStore | Transport> =>
    Layer.effect(SharedSession, make)
}

/** The time that the holder of a lease needs in addition to the request, for two writes, for the digest of a refusal and for scheduling. In milliseconds. */
const leaseMarginMs = 4_000

const lookAgainMs = 1_000
const mostRounds = 20

/** How long closing a client waits for running writes. */
const closingGrace = "5 seconds"

/** An automatic sign-in that takes longer is lost, with the request of a Worker in which it began. In milliseconds. */
const longestSignInMs = 120_000

const make = Effect.gen(function* () {
  const session = yield* Session
  const store = yield* SessionStore
  const config = yield* LinxioConfig
  const clock = yield* Clock.Clock
  const scope = yield* Scope.make()
  const now = () => clock.currentTimeMillisUnsafe()
  const access = yield* makeStoreAccess(store, session)
  const sync = makeRecordSync(session, access, now)
  const turns = makeTurns(access, scope)
  // When it is first needed: a Worker gives no random number before its first request.
  let name: string | undefined
  const holder = () => (name ??= randomText())
  const forMs = config.refresh.deadlineMs + leaseMarginMs
  const lease = makeLease(session, access, sync, {
    holder,
    forMs,
    onOutage: store.onOutage,
    now
  })
  const flights = SingleFlight.make<void, LinxioFailure>({ scope, closed: clientClosed, longestMs: config.deadlineMs })
  let firstVersion: number | undefined
  const autoSignIn = yield* makeAutoSignIn(access, sync, holder, forMs, () => firstVersion)
  const signIns = SingleFlight.make<Renewal | undefined, LinxioFailure>({
    scope,
    closed: clientClosed,
    longestMs: longestSignInMs
  })
  const settled = Effect.andThen(flights.settled, signIns.settled)
  yield* Effect.addFinalizer((exit) =>
    Effect.suspend(() => {
      turns.close()
      return Effect.andThen(Effect.timeoutOption(settled, closingGrace), () => {
        flights.close()
        signIns.close()
        return Scope.close(scope, exit)
      })
    })
  )
  let restored = false
  let lookedAt = -Infinity

  const takeOver = Effect.gen(function* () {
    const looked = yield* Effect.result(access.look)
    if (looked._tag === "Success") {
      sync.restore(looked.success)
      firstVersion ??= looked.success.version
      // A client that is already signed in does not need the stored session.
    } else if (session.currentUnsafe()._tag !== "Active") return yield* Effect.fail(looked.failure)
    restored = true
  })

  const publishing = Effect.gen(function* () {
    for (let round = 0; round < mostRounds && sync.hasUnpublished(); round++) yield* sync.settle(yield* access.look)
  })

  const settleQuietly = Effect.asVoid(Effect.result(Effect.flatMap(access.look, sync.settle)))

  const signInBy = (attempt: NonNullable<typeof autoSignIn>): Effect.Effect<Active | undefined, LinxioFailure> =>
    Effect.flatMap(signIns.run("signIn", attempt), (renewal) =>
      renewal?._tag === "Busy"
        ? Effect.andThen(turns.wait(renewal.awaited), signInBy(attempt))
        : Effect.succeed(renewal?.active)
    )

  return SharedSession.of({
    signInAgain: autoSignIn && signInBy(autoSignIn),
    isRestored: () => restored,
    restore: flights.run("restore", takeOver),
    // In the scope of the client: a caller that stops waiting does not stop the write (F-16).
    publish: Effect.ignore(flights.run("publish", publishing)),
    lookAgain: Effect.suspend(() => {
      const at = monotonicMs(clock)
      if (at - lookedAt < lookAgainMs) return Effect.void
      lookedAt = at
      return settleQuietly
    }),
    renew: lease.renew,
    adopt: (active) =>
      Effect.map(settleQuietly, () => {
        const state = session.currentUnsafe()
        return state._tag === "Active" && state.epoch === active.epoch && state.generation > active.generation
          ? state
          : undefined
      }),
    wait: turns.wait,
    writeEnd: (end) =>
      Effect.ignore(
        Effect.flatMap(access.look, (seen) => {
          if (seen.record === null || seen.version > sync.version()) return Effect.void
          // An automatic sign-in of this client has begun meanwhile, or has ended.
          if (seen.record.lease?.purpose === "signIn" || session.currentUnsafe()._tag !== "Ended") return Effect.void
          const denied = { status: end.status, ambiguous: end.ambiguous }
          const written = access.swap(seen, { ...sync.kept(seen), session: null, lease: null, denied })
          return Effect.map(written, (sighting) => {
            if (sighting) sync.inStep(session.currentUnsafe(), sighting)
          })
        })
      )
  })
})
