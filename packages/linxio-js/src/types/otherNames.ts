/** The names that these types have in `@ambulancewa/linxio-js`, so that a program which imports them compiles. */
import type { TeamSummary, UserAuditSummary } from "linxio-effect/api/common"
import type { ClientAccount } from "linxio-effect/api/clients"
import type { Driver, DriverListParams } from "linxio-effect/api/drivers"
import type { AreaGroup, AreaGroupPayload, Geofence, GeofencePayload } from "linxio-effect/api/geofences"
import type { Reseller } from "linxio-effect/api/resellers"
import type { AccountUser, UserListParams, UserPayload } from "linxio-effect/api/users"
import type { DigitalForm } from "linxio-effect/api/digitalForms"
import type { FuelCard, FuelListParams, FuelRecord, FuelSummaryRecord } from "linxio-effect/api/fuel"
import type {
  Language,
  MetadataRecord,
  Plan,
  PlatformDomain,
  Role,
  SettingRecord,
  Theme,
  Timezone
} from "linxio-effect/api/metadata"
import type { ReportFormat, ReportListParams, ScheduledReport, ScheduledReportPayload } from "linxio-effect/api/reports"
import type { Count, ListParams } from "linxio-effect/api/operation"
import type {
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
import type {
  RouteCoordinate,
  RoutePoint,
  VehicleRoute,
  VehicleRoutesGroup,
  VehicleRoutesParams
} from "linxio-effect/api/routes"
import type { Sensor, SensorField, SensorReportParams, TemperatureHumidityReading } from "linxio-effect/api/sensors"
import type {
  EngineHours,
  Odometer,
  OdometerRecalibration,
  Vehicle,
  VehicleAreaAssignment,
  VehicleDepot,
  VehicleDriver,
  VehicleGroup,
  VehiclePayload,
  VehicleType
} from "linxio-effect/api/vehicles"
import type { ClientOptions, RequestOptions } from "../options.ts"
import type { User } from "linxio-effect/api/auth"
import type { LoginPayload } from "../options/LoginPayload.ts"
import type { LoginData, OtpPayload } from "./login.ts"
import type { PageResult, Result } from "./Result.ts"
import type { SessionInput } from "./session.ts"

/** @deprecated Another name of `ClientOptions`. */
export type LinxioClientOptions = ClientOptions
/** @deprecated Another name of `RequestOptions`. */
export type LinxioHttpRequestOptions = RequestOptions
/** @deprecated Another name of `Result`. */
export type LinxioResult<T> = Result<T>
/** @deprecated Another name of `SessionInput`; what `session()` gives is a `SessionData`, which fits as well. */
export type LinxioSession = SessionInput
/** @deprecated Another name of `LoginPayload`. */
export type LinxioLoginRequest = LoginPayload
/** @deprecated Another name of `LoginData`. */
export type LinxioLoginResponse = LoginData
/** @deprecated Another name of `OtpPayload`. */
export type LinxioOtpVerificationRequest = OtpPayload
/** @deprecated Another name of `User`. */
export type LinxioCurrentUser = User
/** @deprecated Another name of `Count`. */
export type LinxioCount = Count
/** @deprecated Another name of `EngineHours`. */
export type LinxioEngineHours = EngineHours
/** @deprecated Another name of `Odometer`. */
export type LinxioOdometer = Odometer
/** @deprecated Another name of `OdometerRecalibration`. */
export type LinxioOdometerRecalibration = OdometerRecalibration
/** @deprecated Another name of `TeamSummary`. */
export type LinxioTeamSummary = TeamSummary
/** @deprecated Another name of `UserAuditSummary`. */
export type LinxioUserAuditSummary = UserAuditSummary
/** @deprecated Another name of `Vehicle`. */
export type LinxioVehicle = Vehicle
/** @deprecated Another name of `VehicleAreaAssignment`. */
export type LinxioVehicleAreaAssignment = VehicleAreaAssignment
/** @deprecated Another name of `VehicleDepot`. */
export type LinxioVehicleDepot = VehicleDepot
/** @deprecated Another name of `VehicleDriver`. */
export type LinxioVehicleDriver = VehicleDriver
/** @deprecated Another name of `VehicleGroup`. */
export type LinxioVehicleGroup = VehicleGroup
/** @deprecated Another name of `VehiclePayload`. */
export type LinxioVehiclePayload = VehiclePayload
/** @deprecated Another name of `VehicleType`. */
export type LinxioVehicleType = VehicleType
/** @deprecated Another name of `DigitalForm`. */
export type LinxioDigitalForm = DigitalForm
/** @deprecated Another name of `FuelCard`. */
export type LinxioFuelCard = FuelCard
/** @deprecated Another name of `FuelListParams`. */
export type LinxioFuelListParams = FuelListParams
/** @deprecated Another name of `FuelRecord`. */
export type LinxioFuelRecord = FuelRecord
/** @deprecated Another name of `FuelSummaryRecord`. */
export type LinxioFuelSummaryRecord = FuelSummaryRecord
/** @deprecated Another name of `Language`. */
export type LinxioLanguage = Language
/** @deprecated Another name of `MetadataRecord`. */
export type LinxioMetadataRecord = MetadataRecord
/** @deprecated The API gives countries as an object, see `LinxioCountryMap`. */
export type LinxioCountry = MetadataRecord
/** @deprecated Another name of `Plan`. */
export type LinxioPlan = Plan
/** @deprecated Another name of `PlatformDomain`. */
export type LinxioPlatformDomain = PlatformDomain
/** @deprecated Another name of `ReportFormat`. */
export type LinxioFileFormat = ReportFormat
/** @deprecated Another name of `ReportListParams`. */
export type LinxioReportParams = ReportListParams
/** @deprecated Another name of `Role`. */
export type LinxioRole = Role
/** @deprecated Another name of `ScheduledReport`. */
export type LinxioScheduledReport = ScheduledReport
/** @deprecated Another name of `ScheduledReportPayload`. */
export type LinxioScheduledReportPayload = ScheduledReportPayload
/** @deprecated Another name of `SettingRecord`. */
export type LinxioSettingRecord = SettingRecord
/** @deprecated Another name of `SettingRecord`. */
export type LinxioDigitalFormSettings = SettingRecord
/** @deprecated Another name of `SettingRecord`. */
export type LinxioEcoSpeedSettings = SettingRecord
/** @deprecated Another name of `SettingRecord`. */
export type LinxioExcessiveIdlingSettings = SettingRecord
/** @deprecated Another name of `SettingRecord`. */
export type LinxioMapApiOption = SettingRecord
/** @deprecated Another name of `SettingRecord`. */
export type LinxioProviderSetting = SettingRecord
/** @deprecated Another name of `Theme`. */
export type LinxioTheme = Theme
/** @deprecated Another name of `Timezone`. */
export type LinxioTimezone = Timezone
/** @deprecated The names of countries by their codes: what `metadata.countries` gives. */
export type LinxioCountryMap = Readonly<Record<string, string>>
/** @deprecated The list of texts that `metadata.currentPlan` gives. */
export type LinxioCurrentPlan = ReadonlyArray<string>
/** @deprecated Another name of `Device`. */
export type LinxioDevice = Device
/** @deprecated Another name of `DeviceCamera`. */
export type LinxioDeviceCamera = DeviceCamera
/** @deprecated Another name of `DeviceCoordinate`. */
export type LinxioDeviceCoordinate = DeviceCoordinate
/** @deprecated Another name of `DeviceCoordinateParams`. */
export type LinxioDeviceCoordinateParams = DeviceCoordinateParams
/** @deprecated Another name of `DeviceInstallation`. */
export type LinxioDeviceInstallation = DeviceInstallation
/** @deprecated Another name of `DeviceInstallationLookupParams`. */
export type LinxioDeviceInstallationLookupParams = DeviceInstallationLookupParams
/** @deprecated Another name of `DeviceInstallationPayload`. */
export type LinxioDeviceInstallationPayload = DeviceInstallationPayload
/** @deprecated Another name of `DeviceModel`. */
export type LinxioDeviceModel = DeviceModel
/** @deprecated Another name of `DevicePayload`. */
export type LinxioDevicePayload = DevicePayload
/** @deprecated Another name of `DeviceUninstallPayload`. */
export type LinxioDeviceUninstallPayload = DeviceUninstallPayload
/** @deprecated Another name of `DeviceVendor`. */
export type LinxioDeviceVendor = DeviceVendor
/** @deprecated Another name of `RouteCoordinate`. */
export type LinxioRouteCoordinate = RouteCoordinate
/** @deprecated Another name of `RoutePoint`. */
export type LinxioRoutePoint = RoutePoint
/** @deprecated Another name of `VehicleRoute`. */
export type LinxioVehicleRoute = VehicleRoute
/** @deprecated Another name of `VehicleRoutesGroup`. */
export type LinxioVehicleRoutesGroup = VehicleRoutesGroup
/** @deprecated Another name of `VehicleRoutesParams`. */
export type LinxioVehicleRoutesParams = VehicleRoutesParams
/** @deprecated Another name of `Sensor`. */
export type LinxioSensor = Sensor
/** @deprecated Another name of `SensorReportParams`. */
export type LinxioSensorReportParams = SensorReportParams
/** @deprecated Another name of `TemperatureHumidityReading`. */
export type LinxioTemperatureHumidityReading = TemperatureHumidityReading
/** @deprecated Another name of `AreaGroup`. */
export type LinxioAreaGroup = AreaGroup
/** @deprecated Another name of `AreaGroupPayload`. */
export type LinxioAreaGroupPayload = AreaGroupPayload
/** @deprecated Another name of `ClientAccount`. */
export type LinxioClientAccount = ClientAccount
/** @deprecated Another name of `Driver`. */
export type LinxioDriver = Driver
/** @deprecated Another name of `DriverListParams`. */
export type LinxioDriverListParams = DriverListParams
/** @deprecated Another name of `Geofence`. */
export type LinxioGeofence = Geofence
/** @deprecated Another name of `GeofencePayload`. */
export type LinxioGeofencePayload = GeofencePayload
/** @deprecated Another name of `Reseller`. */
export type LinxioReseller = Reseller
/** @deprecated Another name of `AccountUser`. */
export type LinxioUser = AccountUser
/** @deprecated Another name of `UserListParams`. */
export type LinxioUserListParams = UserListParams
/** @deprecated Another name of `UserListParams`. */
export type LinxioClientUserListParams = UserListParams
/** @deprecated Another name of `UserPayload`. */
export type LinxioUserPayload = UserPayload
/** @deprecated The parameters of `geofences.list`. */
export type LinxioGeofenceListParams = ListParams
/** @deprecated The id and the name of an `AccountUser`. */
export type LinxioUserSummary = Pick<AccountUser, "id" | "fullName">
/** @deprecated The parameters of `devices.list`. */
export type LinxioDeviceListParams = ListParams<DeviceField>
/** @deprecated The parameters of `sensors.list`. */
export type LinxioSensorListParams = ListParams<SensorField>
/** @deprecated Another name of `PageResult`. */
export type LinxioPageResult<T> = PageResult<T>
