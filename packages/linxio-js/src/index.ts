/** The Linxio fleet-management API, for everyone. */
export { createClient } from "./createClient.ts"
export { linxioEndpoints } from "./resources/endpoints.ts"
export { collectPages, streamPages } from "./resources/pages.ts"
export { isLinxioFailure, unwrapLinxioPageResult, unwrapLinxioResult } from "./resources/unwrap.ts"
export type {
  CallOptions,
  ClientOptions,
  CloseOptions,
  FileOptions,
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
  SendRequest,
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
export type { Progress } from "linxio-effect/CallOptions"
export type { DigitalForm } from "linxio-effect/api/digitalForms"
export type {
  FuelCard,
  FuelListParams,
  FuelRecord,
  FuelRecordField,
  FuelSummaryParams,
  FuelSummaryRecord
} from "linxio-effect/api/fuel"
export type {
  Language,
  MetadataRecord,
  Plan,
  PlatformDomain,
  Role,
  SettingRecord,
  Theme,
  Timezone
} from "linxio-effect/api/metadata"
export type {
  ReportFormat,
  ReportListParams,
  ScheduledReport,
  ScheduledReportChanges,
  ScheduledReportPayload
} from "linxio-effect/api/reports"
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
  LinxioCountry,
  LinxioCountryMap,
  LinxioCurrentPlan,
  LinxioCurrentUser,
  LinxioDigitalForm,
  LinxioDigitalFormSettings,
  LinxioEcoSpeedSettings,
  LinxioEngineHours,
  LinxioExcessiveIdlingSettings,
  LinxioFileFormat,
  LinxioFuelCard,
  LinxioFuelListParams,
  LinxioFuelRecord,
  LinxioFuelSummaryRecord,
  LinxioHttpRequestOptions,
  LinxioId,
  LinxioLanguage,
  LinxioLoginRequest,
  LinxioLoginResponse,
  LinxioMapApiOption,
  LinxioMetadataRecord,
  LinxioOdometer,
  LinxioOdometerRecalibration,
  LinxioOtpVerificationRequest,
  LinxioPage,
  LinxioPageFailure,
  LinxioPageResult,
  LinxioPageSuccess,
  LinxioPaginationMeta,
  LinxioPlan,
  LinxioPlatformDomain,
  LinxioProviderSetting,
  LinxioRecord,
  LinxioReportParams,
  LinxioResourceStatus,
  LinxioResult,
  LinxioRole,
  LinxioScheduledReport,
  LinxioScheduledReportPayload,
  LinxioSession,
  LinxioSettingRecord,
  LinxioSuccess,
  LinxioTeamSummary,
  LinxioTeamType,
  LinxioTheme,
  LinxioTimezone,
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
