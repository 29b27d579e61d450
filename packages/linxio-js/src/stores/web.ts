/** A session in web storage, for the tabs of a site. */
export { webStore, type WebStoreOptions } from "linxio-effect/stores/web"
