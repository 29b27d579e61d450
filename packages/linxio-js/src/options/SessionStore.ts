/** Where the session outlives the process. */
import type { StoredSession } from "linxio-effect/stores/StoredSession"

/**
 * Where the session outlives the process: any object with these methods. Each may be async; one that throws, or takes longer than
 * `timeoutMs`, fails no call, except that the first call needs `load`.
 *
 * @example
 * ```ts
 * import { createClient, type SessionStore, type StoredSession } from "linxio-js"
 *
 * let row: StoredSession | undefined // stands for one row of a database
 * const same = (expected: string | undefined) => row?.refreshToken === expected
 * const store: SessionStore = {
 *   load: () => row,
 *   save: (next, expectedPrevious) => same(expectedPrevious) && ((row = next), true),
 *   clear: (expectedPrevious) => same(expectedPrevious) && ((row = undefined), true)
 * }
 * const linxio = createClient({ store })
 * ```
 */
export interface SessionStore {
  /**
   * The stored session; null or undefined where there is none. Called before the first request is signed, and when a refresh may be another's.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * const load: SessionStore["load"] = async () => ({ token: "…", refreshToken: "…" })
   * ```
   */
  load(): Promise<StoredSession | null | undefined> | StoredSession | null | undefined
  /**
   * Stores `next` if the stored refresh token is still `expectedPrevious` (undefined: nothing is stored); answers false, and stores nothing, if
   * another process was faster. Any other answer means that it is stored. Compare and write in one step.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * declare const update: (text: string, values: Array<unknown>) => Promise<{ rowCount: number }>
   * const save: SessionStore["save"] = async (next, expectedPrevious) => {
   *   const text = "update session set data = $1, refresh = $2 where refresh is not distinct from $3"
   *   const { rowCount } = await update(text, [JSON.stringify(next), next.refreshToken, expectedPrevious])
   *   return rowCount === 1
   * }
   * ```
   */
  save(next: StoredSession, expectedPrevious: string | undefined): unknown
  /**
   * Removes the session if its refresh token is still `expectedPrevious`; answers false if it is another.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * const sessions = new Map<string, string>()
   * const clear: SessionStore["clear"] = (expectedPrevious) =>
   *   sessions.get("refresh") === expectedPrevious && sessions.delete("refresh")
   * ```
   */
  clear(expectedPrevious: string | undefined): unknown
  /**
   * Runs `work` while no other process that uses this store runs its own, and gives what it gives. Without it, the compare-and-swap of `save`
   * alone keeps processes apart.
   *
   * @example
   * ```ts
   * import type { SessionStore } from "linxio-js"
   *
   * declare const advisoryLock: { acquire: () => Promise<void>; release: () => Promise<void> }
   * const lock: NonNullable<SessionStore["lock"]> = async (work) => {
   *   await advisoryLock.acquire()
   *   return work().finally(() => advisoryLock.release())
   * }
   * ```
   */
  lock?<A>(work: () => Promise<A>): Promise<A>
}
