/**
 * The automatic sign-in: when no refresh can bring the session back, one of the clients that share a record signs in under a lease, and the others adopt
 * its session (S-13). A refusal stops it, and so does a sign-out.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { signInRefused } from "../errors/signIn.ts"
import { notSignedIn } from "../errors/words.ts"
import { monotonicMs } from "../exchange/call.ts"
import { LinxioConfig } from "../LinxioConfig.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { type Active, Session, type SessionState } from "../Session.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { Lease, RefusedSignIn, StoredRecord } from "../stores/StoredRecord.ts"
import * as StoredSession from "../stores/StoredSession.ts"
import { Transport } from "../transport/Transport.ts"
import { askCredentials } from "./askCredentials.ts"
import { busy, type Renewal, renewed } from "./lease.ts"
import { postLogin } from "./postLogin.ts"
import type { RecordSync } from "./recordSync.ts"
import { RefreshSharing } from "./refreshState.ts"
import { mayBeRefused, refusedSignIn } from "./refusedSignIn.ts"
import type { Sighting, StoreAccess } from "./storeAccess.ts"

/** The time between two attempts for one record: attempts with a wrong password lock accounts. In milliseconds. */
const pauseMs = 300_000

/** How long refused credentials are not compared again, because that is slow on purpose. In milliseconds. */
const compareMs = 10_000

const mostRounds = 20

/**
 * Returns the session that is current now, the lease of another client to wait for, or undefined if nobody is to sign in. `forMs`: how long
 * the lease lasts. `firstVersion`: that of the record when this client started.
 */
export const makeAutoSignIn = Effect.fnUntraced(function* (
  access: StoreAccess,
  sync: RecordSync,
  holder: () => string,
  forMs: number,
  firstVersion: () => number | undefined
) {
  const session = yield* Session
  const config = yield* LinxioConfig
  const transport = yield* Transport
  const clock = yield* Clock.Clock
  const states = (yield* RefreshSharing).of(transport.identity, config.baseUrl.href)
  const { credentials } = config
  if (credentials === undefined) return undefined
  const ask = askCredentials(credentials)
  // As for a refresh: it is what other clients wait for.
  const limitMs = config.refresh.deadlineMs
  let pausedUntil = -Infinity
  let lastFailure: LinxioFailure | undefined
  const now = () => monotonicMs(clock)
  const wallTime = () => clock.currentTimeMillisUnsafe()
  const pause = (ms: number, failure: LinxioFailure | undefined): void => {
    pausedUntil = now() + ms
    lastFailure = failure
  }

  const fail = (ms: number, failure: LinxioFailure) => {
    pause(ms, failure)
    return Effect.fail(failure)
  }

  /** The rest of the lease in the record, in milliseconds. */
  const leftOf = (seen: Sighting): number => {
    const lease = seen.record?.lease
    if (!lease || lease.holder === holder()) return 0
    // A process that has just started cannot know for how long a pause has been in the record. Only then the clock decides: else the job of a few
    // seconds, once a day, would never sign in again.
    if (seen.version === firstVersion() && lease.at !== undefined && wallTime() - lease.at > lease.forMs) return 0
    return lease.forMs - access.ageMs(seen)
  }

  const attempt: Effect.Effect<Renewal | undefined, LinxioFailure> = Effect.gen(function* () {
    for (let round = 0; round < mostRounds; round++) {
      const seen = yield* access.look
      // What another client has decided is in memory afterwards. A failure is for calls under the old session.
      const settled = yield* Effect.result(sync.settle(seen))
      if (settled._tag === "Success" && settled.success === "written") continue
      const before = session.currentUnsafe()
      if (before._tag === "Active" && !isDead(before)) return renewed(before)
      if (isDecided(before) || isSignedOut(seen.record)) return undefined
      const refused = seen.record?.refused
      const left = leftOf(seen)
      if (left > 0 && seen.record?.lease?.holder) return busy({ version: seen.version, forMs: left })
      const pausedMs = Math.max(left, pausedUntil - now())
      if (pausedMs > 0)
        return yield* Effect.fail(lastFailure ?? (refused ? signInRefused(refused.reason) : paused(pausedMs)))
      const request = yield* ask
      if (refused && (yield* mayBeRefused(request, refused)))
        return yield* fail(compareMs, signInRefused(refused.reason))
      const claim = yield* access.swap(seen, withLease(seen, { holder: holder(), forMs, purpose: "signIn" }))
      if (claim === undefined || session.currentUnsafe() !== before) continue
      sync.inStep(before, claim)
      const sequence = session.nextSequence()
      pause(pauseMs, undefined)
      const answer = yield* Effect.result(postLogin(transport, config, request, limitMs, session.recentSecrets, clock))
      if (answer._tag === "Failure") {
        const reason = reasonOf(answer.failure)
        const next = withLease(claim, { holder: "", forMs: pauseMs, purpose: "signIn", at: wallTime() })
        const refusal = reason && { refused: yield* refusedSignIn(request, reason) }
        yield* Effect.result(access.swap(claim, { ...next, ...refusal }))
        return yield* fail(pauseMs, answer.failure)
      }
      const tokens = answer.success
      // Earlier knowledge about the same text is deleted (F-36).
      if (tokens.refreshToken) states.forget(states.of(tokens.refreshToken))
      const isSame = isSameAccount(before, tokens)
      const epoch = (claim.record?.epoch ?? 0) + (isSame ? 0 : 1)
      // Written first: a sign-in or sign-out of another client wins.
      const saved = yield* Effect.result(
        access.swap(claim, { epoch, session: StoredSession.encode(tokens), lease: null })
      )
      if (saved._tag === "Success" && saved.success === undefined) continue
      const active = isSame
        ? session.resume(before, tokens, wallTime())
        : session.signIn(sequence, tokens, "signedIn", wallTime(), true)
      // A sign-in or sign-out of this client, which has come meanwhile, decides, and replaces what was written (I-15).
      if (active === undefined) continue
      // If the store is down, the session is saved when it is available again (S-9).
      if (saved._tag === "Success" && saved.success) sync.inStep(active, saved.success)
      return renewed(active)
    }
    return undefined
  })
  return attempt
})

const paused = (ms: number) => notSignedIn(`The next automatic sign-in is in ${Math.ceil(ms / 1000)} s at the earliest`)

/** A token that Linxio rejects and that cannot be refreshed. */
const isDead = ({ tokens, tokenStatus }: Active): boolean =>
  tokenStatus === "rejected" && tokens.refreshToken === undefined

/** Whether somebody has signed out, or is about to sign in with a code. */
const isDecided = (state: SessionState): boolean => {
  if (state._tag === "Active") return false
  if (state.codeRequired) return true
  return state._tag === "Ended" ? state.end.cause === "signed-out-elsewhere" : state.epoch > 0
}

/** A record without anything means that somebody signed out. An empty store has no meaning. */
const isSignedOut = (record: StoredRecord | null): boolean =>
  record !== null && !record.session && !record.denied && !record.lease && !record.refused

/** As far as the tokens tell. Calls continue under the same account only (I-14). */
const isSameAccount = (
  before: SessionState,
  { subject }: SessionTokens
): before is Exclude<SessionState, { _tag: "Anonymous" }> => {
  if (before._tag === "Anonymous") return false
  const previous = before._tag === "Active" ? before.tokens.subject : before.subject
  return previous === undefined || subject === undefined || previous === subject
}

const withLease = ({ record }: Sighting, lease: Lease): Omit<StoredRecord, "version"> => ({
  epoch: 1,
  session: null,
  ...record,
  lease
})

const reasonOf = (failure: LinxioFailure): RefusedSignIn["reason"] | undefined => {
  if (failure._tag !== "LinxioAuthenticationError") return undefined
  return failure.reason === "CodeRequired" ? "codeRequired" : "credentials"
}
