/**
 * The encryption of a stored session: AES-GCM by WebCrypto. Version, epoch and lease stay readable, since the store compares the version; they hold
 * no secret. What was encrypted for one version opens under no other.
 */
import type { StoredRecord } from "./StoredRecord.ts"
import type { StoredSession } from "./StoredSession.ts"

/** A key of 32 bytes: as base64 text, as bytes, or as a `CryptoKey` for AES-GCM. */
export type EncryptionKey = string | Uint8Array | CryptoKey

export interface Sealing {
  /** The record with its session encrypted by the first key. */
  readonly seal: (record: StoredRecord) => Promise<StoredRecord>
  /** The record with its session decrypted by whichever key fits. Rejects if none does, or if the session is not encrypted. */
  readonly open: (record: StoredRecord) => Promise<StoredRecord>
}

/** The option that is no key, and what is wrong with it; undefined if all are keys. Without types, anything may come here. */
export const problemOfKeys = (
  keys: ReadonlyArray<EncryptionKey>
): { readonly option: string; readonly issue: string } | undefined => {
  if (!Array.isArray(keys) || keys.length === 0)
    return { option: "keys", issue: "must hold at least one encryption key" }
  const wrong = keys.findIndex((key) => !isKey(key))
  if (wrong < 0) return undefined
  return { option: `keys[${wrong}]`, issue: "must be 32 bytes, their base64, or a CryptoKey for AES-GCM" }
}

const isKey = (key: EncryptionKey): boolean =>
  typeof key === "string" || key instanceof Uint8Array
    ? materialOf(key).byteLength === 32
    : key?.algorithm?.name === "AES-GCM"

/** The keys have no problem. */
export const makeSealing = (keys: ReadonlyArray<EncryptionKey>): Sealing => {
  let imported: Promise<ReadonlyArray<CryptoKey>> | undefined
  const all = () => (imported ??= Promise.all(keys.map(cryptoKeyOf)))

  return {
    seal: async (record) => {
      if (!record.session) return record
      const [key] = await all()
      if (key === undefined) throw new TypeError("there is no encryption key")
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = new TextEncoder().encode(JSON.stringify(record.session))
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: boundTo(record) }, key, text)
      const session = { sealed: `${kind}.${base64(iv)}.${base64(new Uint8Array(sealed))}` } as StoredSession
      return { ...record, session }
    },
    open: async (record) => {
      if (!record.session) return record
      const [prefix, iv, content] = sealedIn(record.session).split(".")
      if (prefix !== kind || iv === undefined || content === undefined)
        throw new Error("the stored session is not encrypted by this store; it was left as it is")
      const algorithm = { name: "AES-GCM", iv: bytes(iv), additionalData: boundTo(record) }
      for (const key of await all()) {
        try {
          const text = await crypto.subtle.decrypt(algorithm, key, bytes(content))
          return { ...record, session: JSON.parse(new TextDecoder().decode(text)) }
        } catch {
          // Another key may decrypt it.
        }
      }
      throw new Error("the stored session does not open with any of the keys; it was left as it is")
    }
  }
}

const kind = "aes-gcm-1"

const sealedIn = (session: unknown): string => {
  const sealed = session !== null && typeof session === "object" && "sealed" in session ? session.sealed : undefined
  return typeof sealed === "string" ? sealed : ""
}

/** The version as additional authenticated data, so that the session of an earlier version cannot be put into the current record. */
const boundTo = ({ epoch, version }: StoredRecord): BufferSource => new TextEncoder().encode(`${version}/${epoch}`)

const materialOf = (key: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof key === "string" ? bytes(key) : new Uint8Array(key)

const cryptoKeyOf = async (key: EncryptionKey): Promise<CryptoKey> =>
  typeof key === "string" || key instanceof Uint8Array
    ? crypto.subtle.importKey("raw", materialOf(key), "AES-GCM", false, ["encrypt", "decrypt"])
    : key

const base64 = (input: Uint8Array): string => btoa(Array.from(input, (byte) => String.fromCharCode(byte)).join(""))

const bytes = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return new Uint8Array(0)
  }
}
