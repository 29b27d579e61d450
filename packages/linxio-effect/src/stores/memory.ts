/** A session in the memory of this process, which several clients can share. */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/**
 * A store in memory. Clients that are given the same one share a session; it ends with the process.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { memoryStore } from "linxio-js/stores/memory"
 *
 * const store = memoryStore()
 * const [reader, writer] = [createClient({ store }), createClient({ store })]
 * ```
 */
export const memoryStore = (): SessionStore => {
  let stored: StoredRecord | null = null
  return {
    load: () => stored,
    swap: (next, expected) => {
      if ((stored?.version ?? 0) !== expected) return false
      stored = next
      return true
    }
  }
}
