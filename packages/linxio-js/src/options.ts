/** What `createClient` and its methods take. */
export type {
  CallOptions,
  HttpMethod,
  MeOptions,
  QueryParameters,
  QueryValue,
  RequestOptions,
  ResponseBodies,
  ResponseType
} from "./options/CallOptions.ts"
export type { ClientOptions, Logger, TokenTime } from "./options/ClientOptions.ts"
export type { RefreshOptions } from "./options/RefreshOptions.ts"
export type { RetryOptions } from "./options/RetryOptions.ts"
export type { SessionStore } from "./options/SessionStore.ts"
