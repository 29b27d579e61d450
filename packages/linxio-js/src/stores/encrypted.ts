/** A session that cannot be read without a key, in any store. */
export { encryptedStore, type EncryptedStoreOptions, type EncryptionKey } from "linxio-effect/stores/encrypted"
