/**
 * Signing in again without anybody: when no refresh can bring the session back, one client of all that share the record signs in, under a lease
 * as for a refresh, and the others adopt what it writes (S-13). It stops after a refusal, and after a sign-out.
 */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Credentials, CredentialsSource } from "../config/credentials.ts"
import { signInPaused, signInRefused } from "../errors/signIn.ts"
import { monotonicMs } from "../exchange/call.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import type { Active, SessionService, SessionState } from "../Session.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { Lease, RefusedSignIn, StoredRecord } from "../stores/StoredRecord.ts"
import * as StoredSession from "../stores/StoredSession.ts"
import type { RecordSync } from "./recordSync.ts"
import { mayBeRefused, refusedSignIn } from "./refusedSignIn.ts"
import type { Sighting, StoreAccess } from "./storeAccess.ts"
import type { Awaited } from "./turns.ts"

/** Who is signed in now, or whose turn has to be waited for; `None` where nobody is to sign in. */
export type SignInOutcome =
  | { readonly _tag: "SignedIn"; readonly active: Active }
  | { readonly _tag: "Busy"; readonly awaited: Awaited }
  | { readonly _tag: "None" }

/** At most one attempt in this time, for one record: wrong passwords lock accounts. In milliseconds. */
const pauseMs = 300_000

/** How long a refusal is believed without asking for the credentials again: to compare them is slow by purpose. In milliseconds. */
const refusalMs = 10_000

const mostRounds = 20

/** No call was begun under it. */
const noEpoch = -1

const none: SignInOutcome = { _tag: "None" }

export const makeAutoSignIn = (
  session: SessionService,
  access: StoreAccess,
  sync: RecordSync,
  options: {
    readonly holder: () => string
    readonly clock: Clock.Clock
    readonly ask: (source: CredentialsSource) => Effect.Effect<Credentials, LinxioFailure>
    readonly post: (credentials: Credentials) => Effect.Effect<SessionTokens, LinxioFailure>
  }
) => {
  const { ask, clock, post } = options
  let pausedUntil = -Infinity
  let refusedUntil = -Infinity
  let refusedVersion = 0
  let lastFailure: LinxioFailure | undefined
  let lastEmail: string | undefined
  /** The identities that automatic sign-ins have made of one: a call that was begun under one of them may go on under the last. */
  let chain: ReadonlyArray<number> = []

  const now = () => monotonicMs(clock)

  const link = (from: number, to: Active): SignInOutcome => {
    if (from !== to.epoch) chain = [...(chain.at(-1) === from ? chain : [from]), to.epoch]
    return { _tag: "SignedIn", active: to }
  }

  /** As far as can be told: by the tokens, and by the address that the client has signed in with before. */
  const isSameAccount = (before: SessionState, { subject }: SessionTokens, { email }: Credentials): boolean =>
    before._tag !== "Anonymous" &&
    (before._tag === "Active" ? before.tokens.subject : before.subject) === subject &&
    (lastEmail === undefined || lastEmail === email)

  const settle = (seen: Sighting) =>
    // What another has decided is in memory then; what follows is decided by that.
    Effect.catch(sync.settle(seen), (failure) =>
      failure._tag === "LinxioStoreError" ? Effect.fail(failure) : Effect.succeed("adopted" as const)
    )

  /** `refused` is an active session without a refresh token, whose access token Linxio does not take. */
  const attempt = (
    source: CredentialsSource,
    refused: Active | undefined
  ): Effect.Effect<SignInOutcome, LinxioFailure> =>
    Effect.gen(function* () {
      const { epoch } = refused ?? session.currentUnsafe()
      for (let round = 0; round < mostRounds; round++) {
        const seen = yield* access.look
        if ((yield* settle(seen)) === "written") continue
        const state = session.currentUnsafe()
        if (state._tag === "Active" && !(refused && session.isCurrent(refused))) return link(epoch, state)
        if (isDecided(state) || isSignedOut(seen.record)) return none
        const { lease, refused: earlier } = seen.record ?? {}
        const left = lease && lease.holder !== options.holder() ? lease.forMs - access.ageMs(seen) : 0
        if (left > 0) {
          // Nobody is at work: the time only keeps others from trying.
          if (lease?.holder === "") return yield* Effect.fail(lastFailure ?? signInPaused(left))
          return { _tag: "Busy", awaited: { version: seen.version, forMs: left } }
        }
        if (now() < pausedUntil) return yield* Effect.fail(lastFailure ?? signInPaused(pausedUntil - now()))
        if (earlier && seen.version === refusedVersion && now() < refusedUntil)
          return yield* Effect.fail(lastFailure ?? signInRefused(earlier.reason))
        const credentials = yield* ask(source)
        if (earlier && (yield* mayBeRefused(credentials, earlier))) {
          refusedVersion = seen.version
          refusedUntil = now() + refusalMs
          return yield* Effect.fail(lastFailure ?? signInRefused(earlier.reason))
        }
        const sequence = session.nextSequence()
        const claimed = yield* access.swap(
          seen,
          withLease(seen, { holder: options.holder(), forMs: pauseMs, purpose: "signIn" })
        )
        if (claimed === undefined || session.currentUnsafe() !== state) continue
        sync.inStep(state, claimed)
        pausedUntil = now() + pauseMs
        lastFailure = undefined
        const signedIn = yield* signIn(claimed, state, sequence, credentials)
        if (signedIn === undefined) continue
        const isSame = isSameAccount(state, signedIn.tokens, credentials)
        lastEmail = credentials.email
        return link(isSame ? epoch : noEpoch, signedIn)
      }
      return none
    })

  /** What the holder of the lease does; undefined where another has decided meanwhile. */
  const signIn = (
    claim: Sighting,
    before: SessionState,
    sequence: number,
    credentials: Credentials
  ): Effect.Effect<Active | undefined, LinxioFailure> =>
    Effect.gen(function* () {
      const answer = yield* Effect.result(post(credentials))
      if (answer._tag === "Failure") {
        const { failure } = answer
        lastFailure = failure
        const reason = reasonOf(failure)
        const refused = reason && (yield* refusedSignIn(credentials, reason))
        const next = refused
          ? { ...withLease(claim, null), refused }
          : withLease(claim, { holder: "", forMs: pauseMs, purpose: "signIn" })
        const written = yield* Effect.result(access.swap(claim, next))
        if (refused && written._tag === "Success" && written.success) {
          // The record stops every client from now on, this one too, until the credentials differ.
          pausedUntil = -Infinity
          refusedVersion = written.success.version
          refusedUntil = now() + refusalMs
        }
        return yield* Effect.fail(failure)
      }
      // A later sign-in or sign-out of this client decides (I-15).
      if (session.currentUnsafe().epoch > sequence) return undefined
      const tokens = answer.success
      // The same account goes on: no call of another process is to fail for it.
      const epoch = (claim.record?.epoch ?? 0) + (isSameAccount(before, tokens, credentials) ? 0 : 1)
      const saved = yield* Effect.result(
        access.swap(claim, { epoch, session: StoredSession.encode(tokens), lease: null })
      )
      // Somebody has signed in or out elsewhere, and wins.
      if (saved._tag === "Success" && saved.success === undefined) return undefined
      const active = session.signIn(sequence, tokens, "signedIn", clock.currentTimeMillisUnsafe(), true)
      // A store that is down gets it when it is back (S-9).
      if (active && saved._tag === "Success" && saved.success) sync.inStep(active, saved.success)
      return active
    })

  return {
    attempt,
    /** Whether a call that was begun as `subject` under `epoch` may go on under this session: it is the same person's. */
    continues: (epoch: number, subject: string | undefined, { epoch: current, tokens }: Active): boolean =>
      chain.includes(epoch) && chain.at(-1) === current && subject === tokens.subject
  }
}

/** Somebody has signed out, or is about to sign in with a code. */
const isDecided = (state: SessionState): boolean => {
  if (state._tag === "Active") return false
  if (state.codeRequired) return true
  return state._tag === "Ended" ? state.end.cause === "signed-out-elsewhere" : state.epoch > 0
}

/** A record that holds nothing says that somebody signed out; an empty store says nothing. */
const isSignedOut = (record: StoredRecord | null): boolean =>
  record !== null && !record.session && !record.denied && !record.lease && !record.refused

const withLease = ({ record }: Sighting, lease: Lease | null): Omit<StoredRecord, "version"> => ({
  epoch: record?.epoch ?? 1,
  session: record?.session ?? null,
  lease,
  ...(record?.denied && { denied: record.denied }),
  ...(record?.refused && { refused: record.refused })
})

const reasonOf = (failure: LinxioFailure): RefusedSignIn["reason"] | undefined => {
  if (failure._tag !== "LinxioAuthenticationError") return undefined
  return failure.reason === "CodeRequired" ? "codeRequired" : "credentials"
}
