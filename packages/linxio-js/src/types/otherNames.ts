/** The names that these types have in `@ambulancewa/linxio-js`, so that a program which imports them compiles. */
import type { TeamSummary, UserAuditSummary } from "linxio-effect/api/common"
import type { Count } from "linxio-effect/api/operation"
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
/** @deprecated Another name of `PageResult`. */
export type LinxioPageResult<T> = PageResult<T>
