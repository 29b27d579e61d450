/** The Linxio fleet-management API, for everyone. */
export { createClient } from "./createClient.ts"
export { linxioEndpoints } from "./resources/endpoints.ts"
export { collectPages, streamPages } from "./resources/pages.ts"
export { isLinxioFailure, unwrapLinxioPageResult, unwrapLinxioResult } from "./resources/unwrap.ts"
export type {
  CallOptions,
  ClientOptions,
  CloseOptions,
  HttpMethod,
  ListOptions,
  Logger,
  MeOptions,
  QueryParameters,
  RefreshOptions,
  RequestOptions,
  ResponseBodies,
  ResponseType,
  RetryOptions,
  SessionStore,
  StreamOptions,
  TokenTime
} from "./options.ts"
export type {
  AuthResource,
  ClientEvent,
  HttpResource,
  LinxioClient,
  LinxioEndpointDefinition,
  LinxioEndpoints,
  LoginData,
  LoginPayload,
  OtpPayload,
  OtpRequiredData,
  PageResult,
  ResourceOf,
  Result,
  SessionChange,
  SessionData,
  SessionInput,
  SignedInData,
  User,
  CamerasResource,
  ClientsResource,
  DevicesResource,
  DigitalFormsResource,
  DriversResource,
  FuelResource,
  GeofencesResource,
  MetadataResource,
  ReportsResource,
  ResellersResource,
  RoutesResource,
  SensorsResource,
  UsersResource,
  VehiclesResource
} from "./types.ts"
export type { LatLng, TeamSummary, UserAuditSummary } from "linxio-effect/api/common"
export type {
  Count,
  Filters,
  Id,
  InvalidRecord,
  ListParams,
  Page,
  PageMeta,
  QueryValue
} from "linxio-effect/api/operation"
export type {
  EngineHours,
  Odometer,
  OdometerParams,
  OdometerRecalibration,
  TodayData,
  Vehicle,
  VehicleAreaAssignment,
  VehicleDepot,
  VehicleDriver,
  VehicleField,
  VehicleGroup,
  VehiclePayload,
  VehicleType
} from "linxio-effect/api/vehicles"
export type {
  DateRangeParams,
  FetchLike,
  FieldSelector,
  ISODateString,
  JsonObject,
  JsonPrimitive,
  JsonValue,
  LinxioClientOptions,
  LinxioCount,
  LinxioCurrentUser,
  LinxioEngineHours,
  LinxioHttpRequestOptions,
  LinxioId,
  LinxioLoginRequest,
  LinxioLoginResponse,
  LinxioOdometer,
  LinxioOdometerRecalibration,
  LinxioOtpVerificationRequest,
  LinxioPage,
  LinxioPageFailure,
  LinxioPageResult,
  LinxioPageSuccess,
  LinxioPaginationMeta,
  LinxioRecord,
  LinxioResourceStatus,
  LinxioResult,
  LinxioSession,
  LinxioSuccess,
  LinxioTeamSummary,
  LinxioTeamType,
  LinxioUserAuditSummary,
  LinxioVehicle,
  LinxioVehicleAreaAssignment,
  LinxioVehicleDepot,
  LinxioVehicleDriver,
  LinxioVehicleGroup,
  LinxioVehiclePayload,
  LinxioVehicleType,
  QueryParams,
  QueryPrimitive,
  SortDirection
} from "./types/otherNames.ts"
export type { HeadersInput } from "linxio-effect/config/headers"
export type { SessionHealth } from "linxio-effect/Auth"
export type { Lease, RefusedSignIn, StoredDenial, StoredRecord } from "linxio-effect/stores/StoredRecord"
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
