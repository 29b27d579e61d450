/**
 * A session in web storage, which the tabs of a site share.
 *
 * The compare-and-swap is synchronous, inside a Web Lock that is held only for that moment: a lock held during a request would stay held by a frozen
 * tab. Without Web Locks, two tabs can write at the same instant; one of them then notices it at its next read.
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** The options of the store. */
export interface WebStoreOptions {
  /** The name of the entry. @default "linxio-session" */
  readonly key?: string | undefined
  /** The storage to use; with `sessionStorage`, each tab has its own session. @default localStorage */
  readonly storage?: Storage | undefined
}

/**
 * A store in web storage. Every script of the site can read it: prefer a session on the server if possible.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { webStore } from "linxio-js/stores/web"
 *
 * const start = () => createClient({ store: webStore({ key: "my-app/linxio" }) })
 * ```
 */
export const webStore = ({ key = "linxio-session", storage }: WebStoreOptions = {}): SessionStore => {
  /** Read on use, because a page that is rendered on a server has no web storage. */
  const entry = (): Storage => storage ?? localStorage

  const load = (): StoredRecord | null => {
    const text = entry().getItem(key)
    if (text === null) return null
    try {
      return JSON.parse(text)
    } catch {
      throw new Error(`the entry ${key} of web storage is not JSON; it was left as it is`)
    }
  }

  const swap = (next: StoredRecord, expected: number): boolean => {
    if ((load()?.version ?? 0) !== expected) return false
    entry().setItem(key, JSON.stringify(next))
    return true
  }

  return {
    load,
    swap: async (next, expected) => {
      const locks = globalThis.navigator?.locks
      const swapped = locks ? await locks.request(key, () => swap(next, expected)) : swap(next, expected)
      if (swapped) announce(key)
      return swapped
    },
    subscribe: (changed) => {
      const onStorage = (event: StorageEvent) => {
        if (event.key === key || event.key === null) changed()
      }
      globalThis.addEventListener?.("storage", onStorage)
      const channel = channelOf(key)
      channel?.addEventListener("message", changed)
      return () => {
        globalThis.removeEventListener?.("storage", onStorage)
        channel?.close()
      }
    }
  }
}

const channelOf = (key: string): BroadcastChannel | undefined =>
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(key)

/** Closed after use: an open channel would keep Node alive, and keep a page out of the browser's back/forward cache. */
const announce = (key: string): void => {
  const channel = channelOf(key)
  channel?.postMessage("changed")
  channel?.close()
}
