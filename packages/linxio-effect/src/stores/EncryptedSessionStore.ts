/** Wraps the store of the application so that the session in it cannot be read without a key. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { LinxioConfigurationError, LinxioStoreError } from "../LinxioError.ts"
import { type EncryptionKey, makeSealing, problemOfKeys, type Sealing } from "./sealing.ts"
import { SessionStore, type SessionStoreService } from "./SessionStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** The keys of an encrypted store. */
export interface EncryptedSessionStoreOptions {
  /**
   * Keys of 32 bytes: as base64 text, as bytes, both best `Redacted`, or as a `CryptoKey` for AES-GCM. The first one writes, all of them read: to
   * rotate, put a new key in front, and drop the old one when the session was written anew.
   */
  readonly keys: ReadonlyArray<EncryptionKey | Redacted.Redacted<string | Uint8Array>>
}

/**
 * Encrypts what the `SessionStore` that it is given keeps, whichever it is: AES-GCM by WebCrypto. A session that no key decrypts is a
 * `LinxioStoreError`, and stays as it is.
 *
 * The layer fails with a `LinxioConfigurationError` for the option `keys` if one is none.
 *
 * @example
 * ```ts
 * import * as Config from "effect/Config"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import { Linxio } from "linxio-effect"
 * import * as EncryptedSessionStore from "linxio-effect/stores/EncryptedSessionStore"
 * import * as FileSessionStore from "linxio-effect/stores/FileSessionStore"
 *
 * const encrypted = Layer.unwrap(
 *   Effect.map(Config.Redacted("LINXIO_STORE_KEY"), (key) => EncryptedSessionStore.layer({ keys: [key] }))
 * )
 * const store = encrypted.pipe(Layer.provide(FileSessionStore.layer({ directory: "/var/lib/job/linxio" })))
 * const job = Linxio.layerNoStore().pipe(Layer.provide(store))
 * ```
 */
export const layer = (
  options: EncryptedSessionStoreOptions
): Layer.Layer<SessionStore, LinxioConfigurationError, SessionStore> =>
  Layer.effect(
    SessionStore,
    Effect.flatMap(SessionStore, (store) => make(store, options))
  )

/**
 * The same for a store that is not a layer.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Redacted from "effect/Redacted"
 * import * as EncryptedSessionStore from "linxio-effect/stores/EncryptedSessionStore"
 * import { makeMemory } from "linxio-effect/stores/SessionStore"
 *
 * const key = Redacted.make(crypto.getRandomValues(new Uint8Array(32)))
 * const store = Effect.runSync(EncryptedSessionStore.make(makeMemory(), { keys: [key] }))
 * ```
 */
export const make = (
  store: SessionStoreService,
  { keys }: EncryptedSessionStoreOptions
): Effect.Effect<SessionStoreService, LinxioConfigurationError> =>
  Effect.suspend(() => {
    const plainKeys: ReadonlyArray<EncryptionKey> = Array.isArray(keys) ? keys.map(plain) : []
    const problem = problemOfKeys(plainKeys)
    return problem
      ? Effect.fail(new LinxioConfigurationError(problem))
      : Effect.succeed(over(store, makeSealing(plainKeys)))
  })

const over = (store: SessionStoreService, { open, seal }: Sealing): SessionStoreService => ({
  timeoutMs: store.timeoutMs,
  onOutage: store.onOutage,
  subscribe: store.subscribe,
  // Clients of one process may each have a wrapper; what they share is the store within.
  identity: store.identity ?? store,
  load: Effect.flatMap(store.load, (record) => (record ? opened(open, record, "load") : Effect.succeed(null))),
  swap: Effect.fnUntraced(function* (next, expected) {
    // A session that none of the keys can decrypt is not replaced.
    if (expected > 0) {
      const stored = yield* store.load
      if (stored?.version === expected) yield* opened(open, stored, "save")
    }
    return yield* store.swap(yield* opened(seal, next, "save"), expected)
  })
})

const opened = (
  work: (record: StoredRecord) => Promise<StoredRecord>,
  record: StoredRecord,
  operation: LinxioStoreError["operation"]
): Effect.Effect<StoredRecord, LinxioStoreError> =>
  Effect.tryPromise({
    try: () => work(record),
    catch: (cause) =>
      new LinxioStoreError({ operation, issue: cause instanceof Error ? cause.message : "it threw", cause })
  })

const plain = (key: EncryptionKey | Redacted.Redacted<string | Uint8Array>): EncryptionKey =>
  Redacted.isRedacted(key) ? Redacted.value(key) : key
