/**
 * The store of a session, for one client or several: one record with a version, which is read and replaced by compare-and-swap. A store needs no lock:
 * the lease in the record says which client may refresh.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { unimplemented } from "../config/unimplemented.ts"
import type { LinxioStoreError } from "../LinxioError.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** What a client does when a refresh is due while the store cannot be reached. */
export type OnOutage = "waitForStore" | "refreshAlone"

/** How a client treats a store that is slow or down. */
export interface OutageOptions {
  /** The time limit of `load` and of `swap`, in milliseconds. A call that takes longer counts as failed. @default 2000 */
  readonly timeoutMs?: number | undefined
  /** What happens when a refresh is due and the store is down. @default the client that wrote the current version refreshes alone, the others wait */
  readonly onOutage?: OnOutage | undefined
}

/** The methods and options of `SessionStore`. */
export interface SessionStoreService extends OutageOptions {
  /** The record, or null where there is none. */
  readonly load: Effect.Effect<StoredRecord | null, LinxioStoreError>
  /** Writes `next` atomically if the stored version is `expected` (0: nothing is stored). Returns whether it did. */
  readonly swap: (next: StoredRecord, expected: number) => Effect.Effect<boolean, LinxioStoreError>
  /** An optional optimisation: calls `changed` when the record may have changed. Returns a function that unsubscribes. */
  readonly subscribe?: ((changed: () => void) => () => void) | undefined
  /** Identifies the store, so that clients of one process on the same store notify each other. @default the service itself */
  readonly identity?: object | undefined
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
export class SessionStore extends Context.Service<SessionStore, SessionStoreService>()("linxio-effect/SessionStore") {
  /** Keeps the session in this process only: the default. A function, because no two clients share it. */
  static readonly layerMemory = (): Layer.Layer<SessionStore> => Layer.sync(SessionStore, makeMemory)

  /** For tests. A method that is used but was not provided dies with an error that names it. */
  static readonly layerTest = (partial: Partial<SessionStoreService>): Layer.Layer<SessionStore> =>
    Layer.succeed(
      SessionStore,
      unimplemented<SessionStoreService>("SessionStore", partial, ["subscribe", "identity", "timeoutMs", "onOutage"])
    )
}

/**
 * Makes a store in memory without a layer; several clients of one process can share it.
 *
 * @example
 * ```ts
 * import { SessionStore } from "linxio-effect"
 * import { makeMemory } from "linxio-effect/stores/SessionStore"
 * import * as Layer from "effect/Layer"
 *
 * const shared = Layer.succeed(SessionStore, makeMemory())
 * ```
 */
export const makeMemory = (): SessionStoreService => {
  let stored: StoredRecord | null = null
  return {
    load: Effect.sync(() => stored),
    swap: (next, expected) =>
      Effect.sync(() => {
        if ((stored?.version ?? 0) !== expected) return false
        stored = next
        return true
      })
  }
}
