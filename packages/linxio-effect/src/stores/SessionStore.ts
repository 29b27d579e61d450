/**
 * Where a session outlives the process, for one client or for many: one record with a version that is read, and replaced by compare-and-swap.
 * That is all a store can do, and all it has to: who may refresh is written into the record, and no lock is held by anybody.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { unimplemented } from "../config/unimplemented.ts"
import type { LinxioStoreError } from "../LinxioError.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** What a client does when a refresh is due while the store cannot be reached. */
export type OnOutage = "waitForStore" | "refreshAlone"

/** What `SessionStore` offers. */
export interface SessionStoreService {
  /** The record, or null where there is none. */
  readonly load: Effect.Effect<StoredRecord | null, LinxioStoreError>
  /** Writes `next` in one step if the stored version is still `expected` (0: nothing is stored), and says whether it did. */
  readonly swap: (next: StoredRecord, expected: number) => Effect.Effect<boolean, LinxioStoreError>
  /** For speed only: calls `changed` when the record may have changed; returns the function that stops it. */
  readonly subscribe?: ((changed: () => void) => () => void) | undefined
  /** By what clients of one process know that they are on the same store. @default the service itself */
  readonly identity?: object | undefined
  /** How long `load` and `swap` may take, in milliseconds. @default 2000 */
  readonly timeoutMs?: number | undefined
  /** What happens when a refresh is due and the store is down. @default whoever wrote the version in force goes on alone, the others wait */
  readonly onOutage?: OnOutage | undefined
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

  /** For tests: what is left out dies with a message that names it. */
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
