/** A store of promises, as users write it, as the store that the engine knows. */
import * as Effect from "effect/Effect"
import { LinxioStoreError } from "../LinxioError.ts"
import type { OnOutage, SessionStoreService } from "./SessionStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/**
 * Where a session outlives the process, and is shared: any object with these two methods, each of which may be async.
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
   * The record as it was written last; null where there is none.
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
   * Writes `next` if the version of what is stored is still `expected` (0: nothing is stored), and says whether it did. Compare and write in one
   * step: `update … where version = $expected`.
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
   * For speed only: calls `changed` when the record may have changed; returns the function that stops it. Without it, the record is read again and
   * again while a call waits for another process, each 50 to 500 milliseconds.
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
   * How long `load` and `swap` may take, in milliseconds; one that takes longer has failed.
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
   * What a client does when a refresh is due while the store is down. By default, whoever wrote the version in force refreshes alone, and the
   * others wait for the store as long as their calls may.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * // For a server that takes a refresh token that comes twice for theft, and a store that is seldom down.
   * const patient = (store: SessionStore): SessionStore => ({ ...store, onOutage: "waitForStore" })
   * ```
   */
  readonly onOutage?: OnOutage | undefined
}

/** Makes the service of a store of promises. Clients that are given the same object share it. */
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

/** Its words are scrubbed where the secrets of the record are known. */
const storeError =
  (operation: LinxioStoreError["operation"]) =>
  (cause: unknown): LinxioStoreError =>
    new LinxioStoreError({
      operation,
      issue: cause instanceof Error ? cause.message : typeof cause === "string" ? cause : "it threw",
      cause
    })

/** The same in the other direction: a service as a store of promises, for tests and for code without Effect. */
export const toPromises = (service: SessionStoreService): SessionStore => ({
  load: () => Effect.runPromise(service.load),
  swap: (next, expected) => Effect.runPromise(service.swap(next, expected)),
  ...(service.subscribe && { subscribe: service.subscribe })
})
