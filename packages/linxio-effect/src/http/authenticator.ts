/** Signs the requests of a client, and decides what a 401 means. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { LinxioConfig } from "../LinxioConfig.ts"
import { secretsOfHeaders } from "../errors/secrets.ts"
import type { LinxioApiError, LinxioFailure } from "../LinxioError.ts"
import { type Active, Session } from "../Session.ts"
import { type Seen, TokenRefresh, type Waiting } from "../TokenRefresh.ts"
import {
  type Call,
  factsOf,
  isReplayable,
  longestWaitMs,
  monotonicMs,
  secretsOf,
  wallTimeOf
} from "../exchange/call.ts"
import { freshnessOf } from "./freshness.ts"
import { makeKeepAlive } from "./keepAlive.ts"
import { makeExpiryWarnings } from "./expiryWarnings.ts"
import { makeSuppression } from "../refresh/suppression.ts"
import { SharedSession } from "../refresh/SharedSession.ts"
import { notReplayable, notSignedIn, sessionChanged, sessionEnded, timedOut } from "../errors/words.ts"

/** The session under which one attempt was sent. */
export interface Signature {
  readonly active: Active
  readonly seen: Seen
  readonly token: Redacted.Redacted
}

/** Limits the repetitions with adopted tokens: a store could return other rejected tokens each time. */
const mostAdoptions = 3

/** A stream is not sent with a token that may expire soon, because the request could not be repeated. */
const streamMarginMs = 60_000

export const makeAuthenticator = Effect.gen(function* () {
  const session = yield* Session
  const tokenRefresh = yield* TokenRefresh
  const spread = 0.8 + 0.4 * (yield* Random.next)
  const suppression = makeSuppression()
  const shared = yield* SharedSession
  const config = yield* LinxioConfig
  if (config.keepAlive) yield* makeKeepAlive(spread)
  const warn = makeExpiryWarnings(config.expiryWarningsMs, session.announce)

  const waiting = (call: Call): Waiting => ({ ...factsOf(call), longestWaitMs: longestWaitMs(call) })

  const signed = (call: Call, active: Active, token: Redacted.Redacted): Signature => {
    call.epoch = active.epoch
    return { active, seen: tokenRefresh.seenOf(active), token }
  }

  /** Signs with the current tokens. Refreshes first if they are known to be invalid. */
  const sign = (call: Call): Effect.Effect<Signature, LinxioFailure> =>
    shared.isRestored() ? signAgain(call) : Effect.flatMap(restored(call), () => signAgain(call))

  /** Restores the stored session, within the time limit of the call (I-27). */
  const restored = (call: Call): Effect.Effect<void, LinxioFailure> => {
    const limit = longestWaitMs(call)
    const timeout = () => timedOut(factsOf(call), "restore", limit)
    return Effect.timeoutOrElse(shared.restore, { duration: limit, orElse: () => Effect.fail(timeout()) })
  }

  /** Without a session, first checks whether another client has signed in (S-6). */
  const signAgain = (call: Call): Effect.Effect<Signature, LinxioFailure> =>
    session.currentUnsafe()._tag === "Active" ? signNow(call) : Effect.flatMap(shared.lookAgain, () => signNow(call))

  const signNow = (call: Call): Effect.Effect<Signature, LinxioFailure> => {
    const now = wallTimeOf(call)
    const active = session.currentUnsafe()
    if (call.epoch !== undefined && call.epoch !== active.epoch) return Effect.fail(sessionChanged())
    if (active._tag !== "Active") {
      const failure =
        active._tag === "Ended"
          ? sessionEnded(active.end, active.codeRequired)
          : notSignedIn(`${call.method} ${call.path} was not sent`, active.codeRequired)
      return Effect.andThen(
        signInAgain(call, failure),
        Effect.suspend(() => signNow(call))
      )
    }
    call.epoch = active.epoch
    warn(active, now)

    const { accessToken } = active.tokens
    const freshness = freshnessOf(active, now, spread)
    if (accessToken && freshness === "fresh" && !endsDuringStream(call, active, now)) {
      return Effect.succeed(signed(call, active, accessToken))
    }
    if (accessToken && freshness === "soft") {
      return Effect.as(tokenRefresh.refreshInBackground(active), signed(call, active, accessToken))
    }
    // During a cooldown the call uses the current token; the server decides whether it is valid (I-22).
    if (accessToken && freshness === "hard" && tokenRefresh.isCoolingDown(active)) {
      return Effect.succeed(signed(call, active, accessToken))
    }
    const refreshed = tokenRefresh.refresh(tokenRefresh.seenOf(active), waiting(call))
    return Effect.matchEffect(refreshed, {
      onSuccess: () => signNow(call),
      onFailure: (failure) =>
        // The local clock alone never fails a request: the server decides whether the token is valid (I-22).
        accessToken && freshness !== "rejected" && isUnrefused(active)
          ? Effect.succeed(signed(call, active, accessToken))
          : Effect.andThen(
              revived(call, active, failure),
              Effect.suspend(() => signNow(call))
            )
    })
  }

  /** When no refresh can bring the session back: an automatic sign-in, if there is one, or else the failure. */
  const signInAgain = (call: Call, failure: LinxioFailure): Effect.Effect<Active, LinxioFailure> => {
    if (shared.signInAgain === undefined) return Effect.fail(failure)
    const limit = Math.max(0, longestWaitMs(call))
    const timeout = () => Effect.fail(timedOut(factsOf(call), "signIn", limit))
    return Effect.flatMap(Effect.timeoutOrElse(shared.signInAgain, { duration: limit, orElse: timeout }), (active) =>
      active ? Effect.succeed(active) : Effect.fail(failure)
    )
  }

  /** The same after a refresh of `refused` has failed. */
  const revived = (call: Call, refused: Active, failure: LinxioFailure): Effect.Effect<Active, LinxioFailure> =>
    Effect.andThen(
      tokenRefresh.endIfDenied(refused),
      Effect.suspend(() => {
        const state = session.currentUnsafe()
        if (state._tag !== "Active") return signInAgain(call, failure)
        // The sign-in of another call, or another client, has been faster.
        if (!session.isCurrent(refused)) return Effect.succeed(state)
        // Linxio has not refused the refresh token: a later call tries it again.
        return state.tokens.refreshToken ? Effect.fail(failure) : signInAgain(call, failure)
      })
    )

  /** Whether these tokens are still the current ones and the server has not refused them meanwhile. */
  const isUnrefused = (active: Active): boolean => {
    const state = session.currentUnsafe()
    return session.isCurrent(active) && state._tag === "Active" && state.tokenStatus !== "rejected"
  }

  /** After a 401: true to repeat the request, false if the 401 is the final response. */
  const recover = (
    call: Call,
    signature: Signature,
    refusal: () => LinxioApiError
  ): Effect.Effect<boolean, LinxioFailure> => {
    const now = monotonicMs(call.clock)
    const state = session.currentUnsafe()
    if (state.epoch !== signature.active.epoch || state._tag === "Anonymous") return Effect.fail(sessionChanged())
    if (state._tag === "Ended")
      return repeated(call, signInAgain(call, sessionEnded(state.end, state.codeRequired)), refusal)
    const endpoint = `${call.method} ${call.path}`
    if (call.replayed) {
      suppression.note(signature.active, endpoint, now)
      return Effect.succeed(false)
    }
    if (state.generation !== signature.active.generation) return renewed(call, signature, refusal)
    const isSuppressed = !state.adopted && suppression.applies(state, endpoint, now)
    if (!isSuppressed && (shared.signInAgain || state.tokens.refreshToken !== undefined)) {
      session.mark(state, "rejected")
      return renewed(call, signature, refusal)
    }
    // This client cannot refresh, but another client may have written other tokens.
    return Effect.flatMap(shared.lookAgain, () =>
      session.isCurrent(state) ? Effect.succeed(false) : renewed(call, signature, refusal)
    )
  }

  /** Gets tokens in place of the rejected ones: true to repeat the request with them. */
  const renewed = (
    call: Call,
    signature: Signature,
    refusal: () => LinxioApiError
  ): Effect.Effect<boolean, LinxioFailure> => {
    const refreshed = Effect.catch(tokenRefresh.refresh(signature.seen, waiting(call)), (failure) =>
      revived(call, signature.active, failure)
    )
    return repeated(call, refreshed, refusal)
  }

  const repeated = (
    call: Call,
    refreshed: Effect.Effect<Active, LinxioFailure>,
    refusal: () => LinxioApiError
  ): Effect.Effect<boolean, LinxioFailure> =>
    Effect.flatMap(refreshed, ({ adopted, epoch }) => {
      if (epoch !== call.epoch) return Effect.fail(sessionChanged())
      if (!isReplayable(call)) return Effect.fail(notReplayable(refusal()))
      // An adoption is not a refresh: if the server rejects these tokens too, they are refreshed (S-7).
      if (adopted && call.adoptions < mostAdoptions) call.adoptions++
      else call.replayed = true
      return Effect.succeed(true)
    })

  return {
    sign,
    recover,
    /** The server accepted the token. */
    accepted: ({ active }: Signature): void => session.mark(active, "accepted"),
    secretsOf: (call: Call, signature: Signature | undefined) => {
      const tokens = signature?.active.tokens
      const always = config.headers && Redacted.value(config.headers)
      const known = [tokens?.accessToken, tokens?.refreshToken, ...session.recentSecrets()]
      return [...secretsOf(call, known), ...secretsOfHeaders(always ?? {})]
    }
  }
})

const endsDuringStream = (call: Call, { tokens }: Active, now: number): boolean =>
  !isReplayable(call) &&
  tokens.refreshToken !== undefined &&
  tokens.expiry !== undefined &&
  tokens.expiry.expiresAt - now < streamMarginMs
