/**
 * Wraps a store so that the session in it cannot be read without a key: AES-GCM by WebCrypto. Version, epoch and lease stay readable, since the
 * store compares the version; they hold no secret. What was encrypted for one version opens under no other.
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"
import type { StoredSession } from "./StoredSession.ts"

/** A key of 32 bytes: as base64 text, as bytes, or as a `CryptoKey` for AES-GCM. */
export type EncryptionKey = string | Uint8Array | CryptoKey

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
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError("encryptedStore needs at least one key in keys")
  const raw = keys.map(checked)
  let imported: Promise<ReadonlyArray<CryptoKey>> | undefined
  const all = () => (imported ??= Promise.all(raw.map(cryptoKeyOf)))

  const seal = async (session: StoredSession, bound: BufferSource): Promise<StoredSession> => {
    const [key] = await all()
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(session))
    if (key === undefined) throw new TypeError("encryptedStore has no key")
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, text)
    return { sealed: `${kind}.${base64(iv)}.${base64(new Uint8Array(sealed))}` } as StoredSession
  }

  const open = async (session: StoredSession, bound: BufferSource): Promise<StoredSession> => {
    const sealed: unknown = "sealed" in session ? session.sealed : undefined
    const [prefix, iv, content] = typeof sealed === "string" ? sealed.split(".") : []
    if (prefix !== kind || iv === undefined || content === undefined)
      throw new Error("the stored session is not encrypted by this store; it was left as it is")
    for (const key of await all()) {
      try {
        const algorithm = { name: "AES-GCM", iv: bytes(iv), additionalData: bound }
        const text = await crypto.subtle.decrypt(algorithm, key, bytes(content))
        return JSON.parse(new TextDecoder().decode(text))
      } catch {
        // Another key may decrypt it.
      }
    }
    throw new Error("the stored session does not open with any of the keys; it was left as it is")
  }

  return {
    load: async () => {
      const record = await store.load()
      return record?.session ? { ...record, session: await open(record.session, boundTo(record)) } : record
    },
    swap: async (next, expected) => {
      // A session that none of the keys can decrypt is not replaced.
      if (expected > 0) {
        const stored = await store.load()
        if (stored?.version === expected && stored.session) await open(stored.session, boundTo(stored))
      }
      return store.swap(next.session ? { ...next, session: await seal(next.session, boundTo(next)) } : next, expected)
    },
    ...(store.subscribe && { subscribe: store.subscribe.bind(store) }),
    timeoutMs: store.timeoutMs,
    onOutage: store.onOutage
  }
}

const kind = "aes-gcm-1"

/** The version as additional authenticated data, so that the session of an earlier version cannot be put into the current record. */
const boundTo = ({ epoch, version }: StoredRecord): BufferSource => new TextEncoder().encode(`${version}/${epoch}`)

const checked = (key: EncryptionKey, index: number): Uint8Array<ArrayBuffer> | CryptoKey => {
  if (typeof key !== "string" && !(key instanceof Uint8Array)) {
    // Without types, anything may come here; it would fail with the first session only.
    if (key?.algorithm?.name === "AES-GCM") return key
    throw new TypeError(`keys[${index}] of encryptedStore must be 32 bytes, their base64, or a CryptoKey for AES-GCM`)
  }
  const material = typeof key === "string" ? bytes(key) : new Uint8Array(key)
  if (material.byteLength !== 32)
    throw new TypeError(`keys[${index}] of encryptedStore must be 32 bytes, or their base64`)
  return material
}

const cryptoKeyOf = async (key: Uint8Array<ArrayBuffer> | CryptoKey): Promise<CryptoKey> =>
  key instanceof Uint8Array ? crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]) : key

const base64 = (input: Uint8Array): string => btoa(String.fromCharCode(...input))

const bytes = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return new Uint8Array(0)
  }
}
