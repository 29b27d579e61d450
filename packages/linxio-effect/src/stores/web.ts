/**
 * A session in the browser, which the tabs of a site share: in IndexedDB, one transaction of which compares and writes.
 *
 * Not in `localStorage`: a tab in another renderer process reads what another tab wrote some milliseconds too late, also inside a Web Lock. In
 * Chromium, two tabs took the lease for one expiry that way (S-1).
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** The options of the store. */
export interface WebStoreOptions {
  /** The name of the entry. @default "linxio-session" */
  readonly key?: string | undefined
  /**
   * A web storage to use instead: with `sessionStorage`, each tab has its own session. Never `localStorage` if several tabs can be open: browsers do
   * not keep it in step between processes, and two tabs would send one refresh token.
   *
   * @default IndexedDB, which all tabs share
   */
  readonly storage?: Storage | undefined
}

/**
 * A store in the browser. Every script of the site can read it: prefer a session on the server if possible.
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
  const { load, swap } = storage ? inStorage(storage, key) : inDatabase(key)
  return {
    load,
    swap: async (next, expected) => {
      const swapped = await swap(next, expected)
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

const database = "linxio-sessions"
const table = "records"

/** Opened on use, because a page that is rendered on a server has no database; closed after it, so that nothing is held by a frozen tab. */
const inDatabase = (key: string): Pick<SessionStore, "load" | "swap"> => {
  const open = (): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(database, 1)
      request.onupgradeneeded = () => void request.result.createObjectStore(table)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error(`${database} could not be opened`))
    })

  /** Reads the record, and writes what `decide` gives, in one transaction: done when it is committed. */
  const transact = async <A>(
    mode: IDBTransactionMode,
    decide: (record: StoredRecord | null, write: (next: StoredRecord) => void) => A
  ): Promise<A> => {
    const opened = await open()
    try {
      return await new Promise<A>((resolve, reject) => {
        const transaction = opened.transaction(table, mode)
        const records = transaction.objectStore(table)
        const read = records.get(key)
        read.onsuccess = () => {
          const decided = decide(read.result ?? null, (next) => void records.put(next, key))
          transaction.oncomplete = () => resolve(decided)
        }
        transaction.onabort = () => reject(transaction.error ?? new Error(`a transaction of ${database} was aborted`))
      })
    } finally {
      opened.close()
    }
  }

  return {
    load: () => transact("readonly", (record) => record),
    swap: (next, expected) =>
      transact("readwrite", (record, write) => {
        const isExpected = (record?.version ?? 0) === expected
        if (isExpected) write(next)
        return isExpected
      })
  }
}

const inStorage = (storage: Storage, key: string): Pick<SessionStore, "load" | "swap"> => {
  const load = (): StoredRecord | null => {
    const text = storage.getItem(key)
    if (text === null) return null
    try {
      return JSON.parse(text)
    } catch {
      throw new Error(`the entry ${key} of web storage is not JSON; it was left as it is: remove it if it is of no use`)
    }
  }

  const swap = (next: StoredRecord, expected: number): boolean => {
    if ((load()?.version ?? 0) !== expected) return false
    storage.setItem(key, JSON.stringify(next))
    return true
  }

  return {
    load,
    swap: async (next, expected) => {
      const locks = globalThis.navigator?.locks
      return locks ? locks.request(key, () => swap(next, expected)) : swap(next, expected)
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
