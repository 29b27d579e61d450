/**
 * A session in web storage, which the tabs of a site share.
 *
 * Compare and set is synchronous, inside a Web Lock that is held for this moment only: a lock that is held while a request is under way outlives
 * a tab that was frozen. Where the browser has no Web Locks, two tabs can write in the same instant; then one of them finds it out at its next look.
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** Where in web storage the session is. */
export interface WebStoreOptions {
  /** The name of the entry. @default "linxio-session" */
  readonly key?: string | undefined
  /** Where it is kept; with `sessionStorage`, each tab has a session of its own. @default localStorage */
  readonly storage?: Storage | undefined
}

/**
 * A store in web storage. Whoever can run a script on the site can read it: prefer a session on the server where you can.
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
  /** Read when it is used: a page that is rendered on a server has none. */
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

/** A channel that stays open would keep Node alive, and a page out of the browser's cache. */
const announce = (key: string): void => {
  const channel = channelOf(key)
  channel?.postMessage("changed")
  channel?.close()
}
