/** A session in a folder, for jobs and workers on one machine. */
export { fileStore, type FileStoreOptions } from "linxio-effect/stores/file"
