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
import { Transport } from "../transport/Transport.ts"
import type { CredentialsSource } from "../config/credentials.ts"
import { plain } from "../stores/StoredRecord.ts"
import { makeLease, type RefreshRequest, type Renewal } from "./lease.ts"
import { askCredentials } from "./askCredentials.ts"
import { makeAutoSignIn, type SignInOutcome } from "./autoSignIn.ts"
import { postLogin } from "./postLogin.ts"
import { makeRecordSync } from "./recordSync.ts"
import { RefreshSharing } from "./refreshState.ts"
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
   * Signs in again, once for all clients, where no refresh can bring the session back; `refused` is an access token without a refresh token. Undefined
   * where nobody is to sign in. Not there where the options have no credentials.
   */
  readonly signInAgain: ((refused?: Active) => Effect.Effect<Active | undefined, LinxioFailure>) | undefined
  /** Whether a call that was begun as `subject` under `epoch` may go on under this session, which an automatic sign-in has begun. */
  readonly continues: (epoch: number, subject: string | undefined, active: Active) => boolean
}

export class SharedSession extends Context.Service<SharedSession, SharedSessionService>()(
  "linxio-effect/refresh/SharedSession"
) {
  /** A function: it closes over the session of one client. */
  static readonly layer = (): Layer.Layer<SharedSession, never, LinxioConfig | Session | SessionStore | Transport> =>
    Layer.effect(SharedSession, make)
}

/** The time that the holder of a lease needs in addition to the refresh, for two writes and for scheduling. In milliseconds. */
const leaseMarginMs = 4_000

const lookAgainMs = 1_000
const mostRounds = 20

/** How long closing a client waits for running writes. */
const closingGrace = "5 seconds"

/** No automatic sign-in lasts longer: 30 s to ask for credentials, 30 s to send them, and what is read and written around it. In milliseconds. */
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
  const holder = () => (name ??= randomName())
  const lease = makeLease(session, access, sync, {
    holder,
    forMs: config.refresh.deadlineMs + leaseMarginMs,
    onOutage: store.onOutage,
    now
  })
  const flights = SingleFlight.make<void, LinxioFailure>({ scope, closed: clientClosed, longestMs: config.deadlineMs })
  const { credentials } = config
  const transport = yield* Transport
  const states = (yield* RefreshSharing).of(transport.identity, config.baseUrl.href)
  const auto = makeAutoSignIn(session, access, sync, {
    holder,
    clock,
    ask: (source) => askCredentials(source, () => session.recentSecrets().flatMap(plain)),
    post: (given) =>
      Effect.tap(postLogin(transport, config, given, session.recentSecrets, clock), ({ refreshToken }) =>
        Effect.sync(() => {
          // What was known of the same text is void.
          if (refreshToken) states.forget(states.of(refreshToken))
        })
      )
  })
  const signIns = SingleFlight.make<SignInOutcome, LinxioFailure>({
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
    if (looked._tag === "Success") sync.restore(looked.success)
    // A client that is already signed in does not need the stored session.
    else if (session.currentUnsafe()._tag !== "Active") return yield* Effect.fail(looked.failure)
    restored = true
  })

  const publishing = Effect.gen(function* () {
    for (let round = 0; round < mostRounds && sync.hasUnpublished(); round++) yield* sync.settle(yield* access.look)
  })

  const settleQuietly = Effect.asVoid(Effect.result(Effect.flatMap(access.look, sync.settle)))

  const signInAgain = (source: CredentialsSource, refused?: Active): Effect.Effect<Active | undefined, LinxioFailure> =>
    Effect.suspend(() => {
      const key = refused ? `${refused.epoch}/${refused.generation}` : "none"
      return Effect.flatMap(signIns.run(key, auto.attempt(source, refused)), (outcome) =>
        outcome._tag === "Busy"
          ? Effect.andThen(turns.wait(outcome.awaited), signInAgain(source, refused))
          : Effect.succeed(outcome._tag === "SignedIn" ? outcome.active : undefined)
      )
    })

  return SharedSession.of({
    signInAgain: credentials && ((refused) => signInAgain(credentials, refused)),
    continues: auto.continues,
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
          const denied = { status: end.status, ambiguous: end.ambiguous }
          const written = access.swap(seen, { ...sync.kept(seen), session: null, lease: null, denied })
          return Effect.map(written, (sighting) => {
            if (sighting) sync.inStep(session.currentUnsafe(), sighting)
          })
        })
      )
  })
})

/** Not Effect's random service: a test that fixes its seed must not give two clients the same name. */
const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
