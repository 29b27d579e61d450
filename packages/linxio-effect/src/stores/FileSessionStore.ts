/** The store in a folder as a layer. */
import * as Layer from "effect/Layer"
import { fileStore, type FileStoreOptions } from "./file.ts"
import { fromPromises } from "./promiseStore.ts"
import { type OutageOptions, SessionStore } from "./SessionStore.ts"

/**
 * A session in a folder on a local disk, for jobs and workers of one machine.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio } from "linxio-effect"
 * import * as FileSessionStore from "linxio-effect/stores/FileSessionStore"
 *
 * const job = Linxio.layerNoStore().pipe(Layer.provide(FileSessionStore.layer({ directory: "/var/lib/job/linxio" })))
 * ```
 */
export const layer = ({
  onOutage,
  timeoutMs,
  ...options
}: FileStoreOptions & OutageOptions): Layer.Layer<SessionStore> =>
  Layer.sync(SessionStore, () => fromPromises({ ...fileStore(options), timeoutMs, onOutage }))
