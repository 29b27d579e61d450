/** The Linxio fleet-management API for Effect. */
export {
  Auth,
  type AuthService,
  type Credentials,
  type OtpAnswer,
  type OtpRequired,
  type SessionHealth,
  type SignedIn,
  type User
} from "./Auth.ts"
export {
  type AttemptOutcome,
  type CallListener,
  CallObserver,
  type CallObserverService,
  type ObservedCall,
  type RefreshKey
} from "./CallObserver.ts"
export { type CallOptions, CurrentCallOptions, withCallOptions } from "./CallOptions.ts"
export { HttpClient, type HttpClientService } from "./HttpClient.ts"
export type { LinxioResponse } from "./exchange/LinxioResponse.ts"
export { RefreshSharing } from "./refresh/refreshState.ts"
export * as Linxio from "./Linxio.ts"
export { type ConfiguredOptions, LinxioConfig, type LinxioOptions, type Settings } from "./LinxioConfig.ts"
export {
  type AuthenticationReason,
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
  LinxioValidationError,
  type SessionEnd,
  type TimeoutPhase,
  type ValidationIssue
} from "./LinxioError.ts"
export * as LinxioErrorSchema from "./LinxioErrorSchema.ts"
export * as RetryPolicy from "./RetryPolicy.ts"
export { changes, Session, type SessionChange, type SessionService, type SessionState } from "./Session.ts"
export { SessionStore, type SessionStoreService } from "./stores/SessionStore.ts"
export { type SessionTokens, type TokenInput } from "./session/SessionTokens.ts"
export * as Telemetry from "./Telemetry.ts"
export { Vehicles, type VehiclesService } from "./resources/Vehicles.ts"
export { TokenRefresh, type TokenRefreshService } from "./TokenRefresh.ts"
export { type Answer, Transport, type TransportFailure, type TransportService } from "./transport/Transport.ts"
