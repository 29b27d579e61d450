/** The Linxio fleet-management API, for everyone. */
export { createClient } from "./createClient.ts"
export type {
  CallOptions,
  ClientOptions,
  HttpMethod,
  Logger,
  MeOptions,
  QueryParameters,
  QueryValue,
  RefreshOptions,
  RequestOptions,
  ResponseBodies,
  ResponseType,
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
  OtpRequiredData,
  Result,
  SessionChange,
  SessionData,
  SessionInput,
  SignedInData,
  User
} from "./types.ts"
export type {
  LinxioClientOptions,
  LinxioCurrentUser,
  LinxioHttpRequestOptions,
  LinxioLoginRequest,
  LinxioLoginResponse,
  LinxioOtpVerificationRequest,
  LinxioResult,
  LinxioSession
} from "./types/otherNames.ts"
export type { SessionHealth } from "linxio-effect/Auth"
export type { StoredSession } from "linxio-effect/stores/StoredSession"
export {
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioConfigurationError,
  LinxioDecodeError,
  LinxioError,
  type LinxioFailure,
  LinxioNetworkError,
  LinxioStoreError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-effect/LinxioError"
