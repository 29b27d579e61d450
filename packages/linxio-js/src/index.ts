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
  Domains,
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
export type { ClientAccount } from "linxio-effect/api/clients"
export type { Driver, DriverField, DriverListParams } from "linxio-effect/api/drivers"
export type {
  AreaGroup,
  AreaGroupChanges,
  AreaGroupPayload,
  Geofence,
  GeofenceChanges,
  GeofencePayload,
  GeofenceType
} from "linxio-effect/api/geofences"
export type { Reseller } from "linxio-effect/api/resellers"
export type { AccountUser, UserField, UserListParams, UserPayload, UserRole } from "linxio-effect/api/users"
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
  Device,
  DeviceCamera,
  DeviceCoordinate,
  DeviceCoordinateParams,
  DeviceField,
  DeviceInstallation,
  DeviceInstallationLookupParams,
  DeviceInstallationPayload,
  DeviceModel,
  DevicePayload,
  DeviceUninstallPayload,
  DeviceVendor
} from "linxio-effect/api/devices"
export type {
  RouteCoordinate,
  RouteField,
  RoutePoint,
  VehicleRoute,
  VehicleRoutesGroup,
  VehicleRoutesParams
} from "linxio-effect/api/routes"
export type { Sensor, SensorField, SensorReportParams, TemperatureHumidityReading } from "linxio-effect/api/sensors"
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
  LinxioId,
  LinxioPage,
  LinxioPageFailure,
  LinxioPageSuccess,
  LinxioPaginationMeta,
  LinxioRecord,
  LinxioResourceStatus,
  LinxioSuccess,
  LinxioTeamType,
  QueryParams,
  QueryPrimitive,
  SortDirection
} from "./types/generalNames.ts"
export type {
  LinxioAreaGroup,
  LinxioAreaGroupPayload,
  LinxioClientAccount,
  LinxioClientOptions,
  LinxioClientUserListParams,
  LinxioCount,
  LinxioCountry,
  LinxioCountryMap,
  LinxioCurrentPlan,
  LinxioCurrentUser,
  LinxioDevice,
  LinxioDeviceCamera,
  LinxioDeviceCoordinate,
  LinxioDeviceCoordinateParams,
  LinxioDeviceInstallation,
  LinxioDeviceInstallationLookupParams,
  LinxioDeviceInstallationPayload,
  LinxioDeviceListParams,
  LinxioDeviceModel,
  LinxioDevicePayload,
  LinxioDeviceUninstallPayload,
  LinxioDeviceVendor,
  LinxioDigitalForm,
  LinxioDigitalFormSettings,
  LinxioDriver,
  LinxioDriverListParams,
  LinxioEcoSpeedSettings,
  LinxioEngineHours,
  LinxioExcessiveIdlingSettings,
  LinxioFileFormat,
  LinxioFuelCard,
  LinxioFuelListParams,
  LinxioFuelRecord,
  LinxioFuelSummaryRecord,
  LinxioGeofence,
  LinxioGeofenceListParams,
  LinxioGeofencePayload,
  LinxioHttpRequestOptions,
  LinxioLanguage,
  LinxioLoginRequest,
  LinxioLoginResponse,
  LinxioMapApiOption,
  LinxioMetadataRecord,
  LinxioOdometer,
  LinxioOdometerRecalibration,
  LinxioOtpVerificationRequest,
  LinxioPageResult,
  LinxioPlan,
  LinxioPlatformDomain,
  LinxioProviderSetting,
  LinxioReportParams,
  LinxioReseller,
  LinxioResult,
  LinxioRole,
  LinxioRouteCoordinate,
  LinxioRoutePoint,
  LinxioScheduledReport,
  LinxioScheduledReportPayload,
  LinxioSensor,
  LinxioSensorListParams,
  LinxioSensorReportParams,
  LinxioSession,
  LinxioSettingRecord,
  LinxioTeamSummary,
  LinxioTemperatureHumidityReading,
  LinxioTheme,
  LinxioTimezone,
  LinxioUser,
  LinxioUserAuditSummary,
  LinxioUserListParams,
  LinxioUserPayload,
  LinxioUserSummary,
  LinxioVehicle,
  LinxioVehicleAreaAssignment,
  LinxioVehicleDepot,
  LinxioVehicleDriver,
  LinxioVehicleGroup,
  LinxioVehiclePayload,
  LinxioVehicleRoute,
  LinxioVehicleRoutesGroup,
  LinxioVehicleRoutesParams,
  LinxioVehicleType
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
