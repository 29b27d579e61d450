/** The options of `createClient` and of its methods. */
export type { CallOptions, FileOptions, ListOptions, MeOptions, StreamOptions } from "./options/CallOptions.ts"
export type { HttpMethod, QueryParameters, RequestOptions } from "./options/RequestOptions.ts"
export type { ClientOptions, Logger, TokenTime } from "./options/ClientOptions.ts"
export type { CloseOptions } from "./options/CloseOptions.ts"
export type { RefreshOptions } from "./options/RefreshOptions.ts"
export type { ResponseBodies, ResponseType } from "./options/ResponseBodies.ts"
export type { RetryOptions } from "./options/RetryOptions.ts"
export type { SessionStore } from "./options/SessionStore.ts"
