/** Where the session outlives the process, and is shared. */
export type { SessionStore } from "linxio-effect/stores/promiseStore"
