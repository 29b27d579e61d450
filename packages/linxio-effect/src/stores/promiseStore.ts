/** The session store of the Promise facade, and its conversion to the engine's service. */
import * as Effect from "effect/Effect"
import { storeFailed } from "../errors/words.ts"
import { LinxioStoreError } from "../LinxioError.ts"
import type { OnOutage, SessionStoreService } from "./SessionStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/**
 * A session store: any object with the methods `load` and `swap`, which may be async. It keeps the session between processes and shares it.
 *
 * @example
 * ```ts
 * import { createClient, type SessionStore, type StoredRecord } from "linxio-js"
 *
 * let row: StoredRecord | null = null // stands for one row of a database
 * const store: SessionStore = {
 *   load: () => row,
 *   swap: (next, expected) => {
 *     if ((row?.version ?? 0) !== expected) return false
 *     row = next
 *     return true
 *   }
 * }
 * const linxio = createClient({ store })
 * ```
 */
export interface SessionStore {
  /**
   * The record that was written last; null if there is none.
   *
   * @example
   * ```ts
   * import type { SessionStore, StoredRecord } from "linxio-js"
   *
   * const rows = new Map<string, StoredRecord>() // stands for a table
   * const load: SessionStore["load"] = () => rows.get("fleet-job")
   * ```
   */
  load(): Promise<StoredRecord | null | undefined> | StoredRecord | null | undefined
  /**
   * Writes `next` if the stored version is `expected` (0: nothing is stored), and returns whether it did. Compare and write must be one atomic step,
   * such as `update … where version = $expected`.
   *
   * @example
   * ```ts
   * import type { SessionStore, StoredRecord } from "linxio-js"
   *
   * const rows = new Map<string, StoredRecord>() // stands for a table
   * const swap: SessionStore["swap"] = (next, expected) => {
   *   if ((rows.get("fleet-job")?.version ?? 0) !== expected) return false
   *   rows.set("fleet-job", next)
   *   return true
   * }
   * ```
   */
  swap(next: StoredRecord, expected: number): Promise<boolean> | boolean
  /**
   * An optional optimisation: calls `changed` when the record may have changed. Returns a function that unsubscribes. Without it, the record is polled
   * every 50 to 500 milliseconds while a call waits for another process.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * const channel = new EventTarget() // stands for notifications of a database
   * const subscribe: SessionStore["subscribe"] = (changed) => {
   *   channel.addEventListener("changed", changed)
   *   return () => channel.removeEventListener("changed", changed)
   * }
   * ```
   */
  subscribe?(changed: () => void): () => void
  /**
   * The time limit of `load` and of `swap`, in milliseconds. A call that takes longer counts as failed.
   *
   * @default 2000
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * const slow = (store: SessionStore): SessionStore => ({ ...store, timeoutMs: 5_000 })
   * ```
   */
  readonly timeoutMs?: number | undefined
  /**
   * What a client does when a refresh is due while the store is down. By default, the client that wrote the current version refreshes alone, and the
   * others wait for the store within the time limits of their calls.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * // For a server that treats a refresh token that is used twice as theft, and a store that is rarely down.
   * const patient = (store: SessionStore): SessionStore => ({ ...store, onOutage: "waitForStore" })
   * ```
   */
  readonly onOutage?: OnOutage | undefined
}

/** Makes the engine's service from a store. Clients with the same store object share the service. */
export const fromPromises = (store: SessionStore): SessionStoreService => ({
  load: Effect.map(
    Effect.tryPromise({ try: async () => store.load(), catch: storeError("load") }),
    (record) => record ?? null
  ),
  swap: (next, expected) =>
    Effect.flatMap(
      Effect.tryPromise({ try: async (): Promise<unknown> => store.swap(next, expected), catch: storeError("save") }),
      (swapped) =>
        typeof swapped === "boolean"
          ? Effect.succeed(swapped)
          : Effect.fail(
              new LinxioStoreError({ operation: "save", issue: "swap must answer true or false: whether it wrote" })
            )
    ),
  ...(typeof store.subscribe === "function" && {
    subscribe: (changed: () => void) => store.subscribe?.(changed) ?? (() => undefined)
  }),
  identity: store,
  timeoutMs: store.timeoutMs,
  onOutage: store.onOutage
})

/** The secrets that the client knows are taken out later, where they are known. */
const storeError =
  (operation: LinxioStoreError["operation"]) =>
  (cause: unknown): LinxioStoreError =>
    cause instanceof LinxioStoreError ? cause : storeFailed(operation, cause)

/** The other direction: a store of the facade from a service, for tests and for code without Effect. */
export const toPromises = (service: SessionStoreService): SessionStore => ({
  load: () => Effect.runPromise(service.load),
  swap: (next, expected) => Effect.runPromise(service.swap(next, expected)),
  ...(service.subscribe && { subscribe: service.subscribe }),
  timeoutMs: service.timeoutMs,
  onOutage: service.onOutage
})
