/**
 * Synchronises the session in memory and the record in the store. A sign-in or sign-out of this client is written, tokens that could not be saved are
 * saved, and what another client has written is adopted (S-6, S-9).
 */
import * as Effect from "effect/Effect"
import { sessionChanged, sessionEnded, signedOutElsewhere } from "../errors/words.ts"
import { LinxioValidationError, type LinxioFailure, type LinxioStoreError, type SessionEnd } from "../LinxioError.ts"
import type { Active, Ended, SessionService, SessionState } from "../Session.ts"
import { sameSecrets, type SessionTokens } from "../session/SessionTokens.ts"
import type { StoredRecord } from "../stores/StoredRecord.ts"
import * as StoredSession from "../stores/StoredSession.ts"
import type { Sighting, StoreAccess } from "./storeAccess.ts"

/** `written`: the record was written, by this client or by a faster one; it must be read again. */
type Settled = "written" | "adopted" | "inStep"

export interface RecordSync {
  /** Adopts the first record that was read, unless this client has signed in or out since `restoreSequence` was taken (I-15). */
  readonly restore: (seen: Sighting) => void
  /** Whether this client has signed in or out and the record does not show it. */
  readonly hasUnpublished: () => boolean
  /** Synchronises memory and record. Fails if calls cannot continue with the content of the record. */
  readonly settle: (seen: Sighting) => Effect.Effect<Settled, LinxioFailure>
  /** Records that memory and record are equal as of this read. */
  readonly inStep: (state: SessionState, seen: Sighting) => void
  /** Replaces the tokens of `active` by ones that are not in the record yet; undefined if the identity has changed. */
  readonly replace: (active: Active, tokens: SessionTokens, how: "renew" | "adopt") => Active | undefined
  /** The members of the record that do not change with the session. */
  readonly kept: (seen: Sighting) => Pick<StoredRecord, "epoch" | "refused">
  /** The version of the record that memory is equal to. */
  readonly version: () => number
}

/** Clocks that differ by less are treated as equal. In milliseconds. */
const clockToleranceMs = 5_000

export const makeRecordSync = (session: SessionService, access: StoreAccess, now: () => number): RecordSync => {
  let step:
    | {
        readonly epoch: number
        readonly generation: number
        readonly version: number
        readonly recordEpoch: number
        readonly at: number
      }
    | undefined
  /** The last tokens that this client and the record had in common. */
  let common: SessionTokens | undefined
  /** The tokens that this client's own refresh replaced, until the record has the new ones. */
  let replaced: SessionTokens | undefined
  const restoreSequence = session.nextSequence()

  const generationOf = (state: SessionState): number => (state._tag === "Active" ? state.generation : 0)

  const inStep = (state: SessionState, { record, version }: Sighting): void => {
    step = { epoch: state.epoch, generation: generationOf(state), version, recordEpoch: record?.epoch ?? 0, at: now() }
    replaced = undefined
    if (state._tag === "Active") common = state.tokens
  }

  const subjectOf = (state: Active | Ended) => (state._tag === "Active" ? state.tokens.subject : state.subject)

  const tokensOf = (record: StoredRecord | null): SessionTokens | undefined => {
    if (!record?.session) return undefined
    const tokens = StoredSession.decode(record.session, now())
    return tokens instanceof LinxioValidationError ? undefined : tokens
  }

  /**
   * A change of the record was written after this client last read it. If the time of the writer says otherwise, its clock differs from the local one:
   * then the lifetime counts from now, and a 401 decides if that is too long (I-25, S-4).
   */
  const byThisClock = (tokens: SessionTokens): SessionTokens => {
    const { expiry, obtainedAt } = tokens
    if (step === undefined || expiry?.lifetimeMs === undefined) return tokens
    if (obtainedAt >= step.at - clockToleranceMs && obtainedAt <= now() + clockToleranceMs) return tokens
    return { ...tokens, obtainedAt: now(), expiry: { ...expiry, expiresAt: now() + expiry.lifetimeMs } }
  }

  const hasUnpublished = (): boolean => session.currentUnsafe().epoch > (step?.epoch ?? restoreSequence)

  const hasUnsaved = (): boolean => {
    const state = session.currentUnsafe()
    return step !== undefined && state.epoch === step.epoch && generationOf(state) > step.generation
  }

  const isNewer = ({ version }: Sighting): boolean => version > (step?.version ?? 0)

  /** Whether another client has written other tokens; a lease alone does not count. */
  const hasMovedOn = (seen: Sighting): boolean => {
    if (!isNewer(seen)) return false
    const stored = tokensOf(seen.record)
    return seen.record?.epoch !== step?.recordEpoch || !stored || !replaced || !sameSecrets(stored, replaced)
  }

  const kept = ({ record }: Sighting): Pick<StoredRecord, "epoch" | "refused"> => ({
    epoch: Math.max(1, record?.epoch ?? step?.recordEpoch ?? 1),
    ...(record?.refused && { refused: record.refused })
  })

  const overwrite = (seen: Sighting): Effect.Effect<Settled, LinxioStoreError> =>
    Effect.suspend(() => {
      const state = session.currentUnsafe()
      const written = access.swap(seen, {
        // For the other clients this is a new identity. The record of a refused automatic sign-in is deleted with it.
        ...(hasUnpublished() ? { epoch: (seen.record?.epoch ?? step?.recordEpoch ?? 0) + 1 } : kept(seen)),
        session: state._tag === "Active" ? StoredSession.encode(state.tokens) : null,
        lease: null,
        // So that it does not look like a sign-out, after which no client signs in automatically.
        ...(state._tag === "Ended" &&
          state.end.cause === "refresh-denied" && {
            denied: { status: state.end.status, ambiguous: state.end.ambiguous }
          })
      })
      return Effect.map(written, (sighting): Settled => {
        if (sighting) inStep(state, sighting)
        return "written"
      })
    })

  const overElsewhere = (state: Active, record: StoredRecord, seen: Sighting): Effect.Effect<never, LinxioFailure> => {
    const { denied } = record
    const end: SessionEnd = denied
      ? { cause: "refresh-denied", at: now(), ...denied }
      : { cause: "signed-out-elsewhere", at: now(), status: 0, ambiguous: false }
    session.end(state, end)
    inStep(session.currentUnsafe(), seen)
    return Effect.fail(denied ? sessionEnded(end) : signedOutElsewhere())
  }

  const adopt = (seen: Sighting): Effect.Effect<Settled, LinxioFailure> => {
    const state = session.currentUnsafe()
    const stored = tokensOf(seen.record)
    if (state._tag === "Active" && stored && sameSecrets(state.tokens, stored)) {
      inStep(state, seen)
      return Effect.succeed("inStep")
    }
    if (stored === undefined || seen.record?.denied) {
      // An empty store has no meaning. A record without a session means that a client signed out, or that the session ended.
      if (state._tag !== "Active" || seen.record === null || seen.record.session) return Effect.succeed("inStep")
      return overElsewhere(state, seen.record, seen)
    }
    // A session that this client has ended does not start again because the store could not be written.
    if (state._tag === "Ended" && common && sameSecrets(common, stored)) return Effect.succeed("inStep")
    const isSameIdentity =
      state._tag !== "Anonymous" &&
      (seen.record?.epoch === step?.recordEpoch ||
        (stored.subject !== undefined && stored.subject === subjectOf(state)))
    const tokens = byThisClock(stored)
    if (isSameIdentity) session.adopt(state, tokens, now())
    else session.signIn(session.nextSequence(), tokens, "restored", now())
    inStep(session.currentUnsafe(), seen)
    return isSameIdentity || state._tag !== "Active" ? Effect.succeed("adopted") : Effect.fail(sessionChanged())
  }

  return {
    restore: (seen) => {
      if (hasUnpublished()) return
      const stored = tokensOf(seen.record)
      // Also where the refresh token was refused: the access token may still work (I-22).
      if (stored) session.signIn(restoreSequence, stored, "restored", now())
      const state = session.currentUnsafe()
      // The session of the options is published with the first refresh.
      if (stored || state._tag !== "Active") inStep(state, seen)
    },
    hasUnpublished,
    settle: (seen) =>
      Effect.suspend(() => {
        const state = session.currentUnsafe()
        if (hasUnpublished()) return overwrite(seen)
        if (step === undefined && state._tag === "Active" && !tokensOf(seen.record)) return overwrite(seen)
        if (hasUnsaved() && !hasMovedOn(seen)) return overwrite(seen)
        return step === undefined || isNewer(seen) ? adopt(seen) : Effect.succeed("inStep")
      }),
    inStep,
    replace: (active, tokens, how) => {
      const next = how === "renew" ? session.renew(active, tokens, now()) : session.adopt(active, tokens, now())
      if (next) replaced ??= active.tokens
      return next
    },
    kept,
    version: () => step?.version ?? 0
  }
}
