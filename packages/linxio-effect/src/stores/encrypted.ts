/** Wraps a store so that the session in it cannot be read without a key. */
import type { SessionStore } from "./promiseStore.ts"
import { type EncryptionKey, makeSealing, problemOfKeys } from "./sealing.ts"

export type { EncryptionKey } from "./sealing.ts"

/** The keys of an encrypted store. */
export interface EncryptedStoreOptions {
  /** The first one writes, all of them read: to rotate, put a new key in front, and drop the old one when the session was written anew. */
  readonly keys: ReadonlyArray<EncryptionKey>
}

/**
 * Encrypts what a store keeps.
 *
 * @throws TypeError when a key is none.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { encryptedStore } from "linxio-js/stores/encrypted"
 * import { memoryStore } from "linxio-js/stores/memory"
 *
 * const key = crypto.getRandomValues(new Uint8Array(32)) // from your secret manager
 * const linxio = createClient({ store: encryptedStore(memoryStore(), { keys: [key] }) })
 * ```
 */
export const encryptedStore = (store: SessionStore, { keys }: EncryptedStoreOptions): SessionStore => {
  const problem = problemOfKeys(keys)
  if (problem) throw new TypeError(`${problem.option} of encryptedStore ${problem.issue}`)
  const { open, seal } = makeSealing([...keys])
  return {
    load: async () => {
      const record = await store.load()
      return record && open(record)
    },
    swap: async (next, expected) => {
      // A session that none of the keys can decrypt is not replaced.
      if (expected > 0) {
        const stored = await store.load()
        if (stored?.version === expected) await open(stored)
      }
      return store.swap(await seal(next), expected)
    },
    ...(store.subscribe && { subscribe: store.subscribe.bind(store) }),
    timeoutMs: store.timeoutMs,
    onOutage: store.onOutage
  }
}
