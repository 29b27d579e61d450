/** The Linxio fleet-management API, for everyone. */
export { createClient } from "./createClient.ts"
export type {
  CallOptions,
  ClientOptions,
  Logger,
  QueryValue,
  RequestOptions,
  RetryOptions,
  SessionStore,
  StoredSession,
  TokenTime
} from "./options.ts"
export type {
  AuthResource,
  Health,
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
