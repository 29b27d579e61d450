/**
 * Where a session outlives the process. The contract is made for several processes: a save is a
 * compare-and-swap on the refresh token that the saver believes to be stored, so that of two processes that
 * refreshed at the same time one wins and the other adopts the winner's session (I-34).
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { unimplemented } from "../config/unimplemented.ts"
import type { LinxioStoreError } from "../LinxioError.ts"
import { sameSecret, type SessionTokens } from "../session/SessionTokens.ts"

/** What `SessionStore` offers. */
export interface SessionStoreService {
  /** The stored session, or undefined where there is none. */
  readonly load: Effect.Effect<SessionTokens | undefined, LinxioStoreError>
  /**
   * Stores `next` durably if the stored refresh token is still `expectedPrevious` (undefined: nothing is stored,
   * or a session without one), and says whether it was.
   */
  readonly save: (
    next: SessionTokens,
    expectedPrevious: Redacted.Redacted | undefined
  ) => Effect.Effect<boolean, LinxioStoreError>
  /** Removes the session if its refresh token is still `expectedPrevious`, and says whether it was. */
  readonly clear: (expectedPrevious: Redacted.Redacted | undefined) => Effect.Effect<boolean, LinxioStoreError>
  /** Runs a refresh while no other process that uses this store runs one. */
  readonly lock?: <A, E>(work: Effect.Effect<A, E>) => Effect.Effect<A, E | LinxioStoreError>
}

/**
 * The store of a client's session.
 *
 * @example
 * ```ts
 * import { SessionStore } from "linxio-effect"
 *
 * const forgetful = SessionStore.layerMemory()
 * ```
 */
export class SessionStore extends Context.Service<SessionStore, SessionStoreService>()(
  "linxio-effect/stores/SessionStore"
) {
  /** Keeps the session in this process only: the default. A function, because no two clients share it. */
  static readonly layerMemory = (): Layer.Layer<SessionStore> => Layer.sync(SessionStore, makeMemory)

  /** For tests: what is left out dies with a message that names it. */
  static readonly layerTest = (partial: Partial<SessionStoreService>): Layer.Layer<SessionStore> =>
    Layer.succeed(SessionStore, unimplemented<SessionStoreService>("SessionStore", partial, ["lock"]))
}

/** Makes a store in memory without a layer. */
export const makeMemory = (): SessionStoreService => {
  let stored: SessionTokens | undefined
  const swap = (next: SessionTokens | undefined, expectedPrevious: Redacted.Redacted | undefined) =>
    Effect.sync(() => {
      if (!sameSecret(stored?.refreshToken, expectedPrevious)) return false
      stored = next
      return true
    })
  return {
    load: Effect.sync(() => stored),
    save: swap,
    clear: (expectedPrevious) => swap(undefined, expectedPrevious)
  }
}
