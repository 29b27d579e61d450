/** The Linxio fleet-management API, for everyone. */
export { createClient } from "./createClient.ts"
export type {
  CallOptions,
  ClientOptions,
  Logger,
  QueryValue,
  RefreshOptions,
  RequestOptions,
  RetryOptions,
  SessionStore,
  TokenTime
} from "./options.ts"
export type {
  AuthResource,
  LinxioClient,
  LoginData,
  LoginPayload,
  OtpPayload,
  Result,
  SessionChange,
  SessionData,
  SessionInput,
  User
} from "./types.ts"
export type { SessionHealth } from "linxio-effect/Auth"
export type { StoredSession } from "linxio-effect/stores/StoredSession"
export {
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioConfigurationError,
  LinxioDecodeError,
  LinxioError,
  LinxioNetworkError,
  LinxioStoreError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-effect/LinxioError"
