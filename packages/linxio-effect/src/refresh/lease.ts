/**
 * The refresh of a session that several clients share: one of them writes a lease into the record, sends the refresh token, and writes the result
 * and the end of the lease in one step. All others find the lease, and wait for the record to change (S-1 to S-5, S-8).
 */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { sessionChanged } from "../errors/words.ts"
import type { LinxioFailure, LinxioStoreError, SessionEnd } from "../LinxioError.ts"
import type { Active, SessionService } from "../Session.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { OnOutage } from "../stores/SessionStore.ts"
import * as StoredSession from "../stores/StoredSession.ts"
import type { RecordSync } from "./recordSync.ts"
import type { Sighting, StoreAccess } from "./storeAccess.ts"
import type { Awaited } from "./turns.ts"

/** The outcome of an attempt to refresh: new tokens, or the lease of another client to wait for. */
export type Renewal =
  | { readonly _tag: "Renewed"; readonly active: Active }
  | { readonly _tag: "Busy"; readonly awaited: Awaited; readonly error: LinxioStoreError | undefined }

export const busy = (awaited: Awaited, error?: LinxioStoreError): Renewal => ({ _tag: "Busy", awaited, error })
export const renewed = (active: Active): Renewal => ({ _tag: "Renewed", active })

/** The lease that this client has written, and whether the one of another client had run out. */
interface Taken {
  readonly _tag: "Taken"
  readonly claim: Sighting
  readonly outlivedAnother: boolean
}

/** The refresh token of a session, and what this process knows about it. */
export interface RefreshRequest {
  /** Sends it; returns the new tokens. */
  readonly send: Effect.Effect<SessionTokens, LinxioFailure>
  /** The tokens that this process has already received for it. */
  readonly remembered: () => SessionTokens | undefined
  /** How Linxio refused it, if it did. */
  readonly denied: () => SessionEnd | undefined
  /** Records that Linxio refused it for another process. */
  readonly deny: (end: SessionEnd) => LinxioFailure
}

export interface LeaseOptions {
  /** The name of this client. */
  readonly holder: () => string
  /** How long a lease lasts, in milliseconds. */
  readonly forMs: number
  readonly onOutage: OnOutage | undefined
  readonly now: () => number
}

/** The maximum number of rounds, in case another client never stops writing or the store is faulty. */
const mostRounds = 20

/** How long to wait before a refusal is accepted: the previous holder of the lease may still be saving new tokens (S-8). In milliseconds. */
const doubtMs = 1_000

/** How long a failed store is retried before the client continues without it. */
const outageGrace = Schedule.spaced("100 millis").pipe(Schedule.upTo({ duration: "1 second" }))

export const makeLease = (session: SessionService, access: StoreAccess, sync: RecordSync, options: LeaseOptions) => {
  const { forMs, holder, now, onOutage } = options

  /** The current session, if it has the same identity as `active`. */
  const successor = (active: Active): Effect.Effect<Renewal, LinxioFailure> => {
    const state = session.currentUnsafe()
    return state._tag === "Active" && state.epoch === active.epoch
      ? Effect.succeed(renewed(state))
      : Effect.fail(sessionChanged())
  }

  const commit = (active: Active, tokens: SessionTokens): Effect.Effect<Active, LinxioFailure> => {
    const next = sync.replace(active, tokens, "renew")
    // Another user has signed in or out meanwhile: the result is discarded (I-12).
    return next ? Effect.succeed(next) : Effect.fail(sessionChanged())
  }

  /**
   * Takes the lease, or says why none is needed: the session was renewed elsewhere, or another client refreshes it. Undefined if the record has changed
   * and must be read again.
   */
  const take = (active: Active, request: RefreshRequest): Effect.Effect<Renewal | Taken | undefined, LinxioFailure> =>
    Effect.gen(function* () {
      const seen = yield* access.look
      if ((yield* sync.settle(seen)) === "written") return undefined
      if (!session.isCurrent(active)) return yield* successor(active)
      // This process has already exchanged the token: its result is adopted, and saved in the next round.
      const remembered = request.remembered()
      if (remembered && sync.replace(active, remembered, "adopt")) return undefined
      const { denied, lease } = seen.record ?? {}
      if (denied) return yield* Effect.fail(request.deny({ cause: "refresh-denied", at: now(), ...denied }))
      const another = lease && lease.holder !== holder() ? lease : undefined
      const left = another ? another.forMs - access.ageMs(seen) : 0
      if (left > 0) return busy({ version: seen.version, forMs: left })
      const claim = yield* access.swap(seen, {
        ...sync.kept(seen),
        session: StoredSession.encode(active.tokens),
        lease: { holder: holder(), forMs, purpose: "refresh" }
      })
      if (claim === undefined) return undefined
      sync.inStep(active, claim)
      return { _tag: "Taken", claim, outlivedAnother: another !== undefined }
    })

  /**
   * A refresh is due while the store cannot be read or written: the client that wrote the current version, or signed in meanwhile, continues alone; the
   * others wait (S-9). The store is tried again first, because most outages are short and another client may have just taken a lease.
   */
  const withoutStore = (
    active: Active,
    request: RefreshRequest,
    error: LinxioStoreError
  ): Effect.Effect<Renewal | Taken | undefined, LinxioFailure> =>
    Effect.gen(function* () {
      // A sign-in of this client that the store has never held is known to nobody else.
      const isAlone = onOutage === undefined ? access.isOurs() || sync.hasUnpublished() : onOutage === "refreshAlone"
      if (!isAlone) return busy({ version: undefined, forMs: Infinity }, error)
      const again = yield* Effect.result(
        Effect.retry(take(active, request), { schedule: outageGrace, while: ({ _tag }) => _tag === "LinxioStoreError" })
      )
      if (again._tag === "Success") return again.success
      if (again.failure._tag !== "LinxioStoreError") return yield* Effect.fail(again.failure)
      const tokens = yield* request.send
      return renewed(yield* commit(active, tokens))
    })

  const renew = (active: Active, request: RefreshRequest): Effect.Effect<Renewal, LinxioFailure> =>
    Effect.gen(function* () {
      for (let round = 0; round < mostRounds; round++) {
        const taken = yield* Effect.catchTag(take(active, request), "LinxioStoreError", (error) =>
          withoutStore(active, request, error)
        )
        const outcome = taken?._tag === "Taken" ? yield* refresh(taken, active, request) : taken
        if (outcome) return outcome
      }
      return yield* Effect.fail(sessionChanged())
    })

  /** The work of the holder of the lease; undefined if the record has changed and must be read again. */
  const refresh = (
    { claim, outlivedAnother }: Taken,
    active: Active,
    request: RefreshRequest
  ): Effect.Effect<Renewal | undefined, LinxioFailure> =>
    Effect.gen(function* () {
      const freed = { ...sync.kept(claim), session: claim.record?.session ?? null, lease: null }
      const answer = yield* Effect.result(request.send)
      if (answer._tag === "Success") {
        const next = yield* commit(active, answer.success)
        const saved = yield* Effect.result(access.swap(claim, { ...freed, session: StoredSession.encode(next.tokens) }))
        // If the store is down, the tokens are saved when it is available again (S-9).
        if (saved._tag === "Failure") return renewed(next)
        if (saved.success === undefined) return yield* fenced(next)
        sync.inStep(next, saved.success)
        return renewed(next)
      }
      const end = request.denied()
      if (end !== undefined) {
        // A refusal is accepted only after a wait (S-8): a slow previous holder may be saving new tokens now.
        if (yield* hasMovedSince(claim)) return undefined
        if (outlivedAnother) {
          yield* Effect.sleep(doubtMs)
          if (yield* hasMovedSince(claim)) return undefined
        }
      }
      // So that others do not wait for the end of the lease, and do not send the refused token.
      const denied = end && { status: end.status, ambiguous: end.ambiguous }
      const written = yield* Effect.result(access.swap(claim, { ...freed, ...(denied && { denied }) }))
      if (written._tag === "Success" && written.success) sync.inStep(active, written.success)
      return yield* Effect.fail(answer.failure)
    })

  const hasMovedSince = (claim: Sighting): Effect.Effect<boolean> =>
    Effect.match(access.look, { onFailure: () => false, onSuccess: (seen) => seen.version > claim.version })

  /**
   * The lease ended and another client has written meanwhile. Its session is adopted. If it has only taken the lease, our tokens are the newest, and they
   * are written (S-3).
   */
  const fenced = (next: Active): Effect.Effect<Renewal, LinxioFailure> =>
    Effect.gen(function* () {
      for (let round = 0; round < mostRounds; round++) {
        const settled = yield* Effect.result(Effect.flatMap(access.look, sync.settle))
        if (settled._tag === "Success" && settled.success === "written") continue
        if (settled._tag === "Failure" && settled.failure._tag !== "LinxioStoreError")
          return yield* Effect.fail(settled.failure)
        break
      }
      return yield* successor(next)
    })

  return { renew }
}
