/** A session in memory that several clients share. */
export { memoryStore } from "linxio-effect/stores/memory"
