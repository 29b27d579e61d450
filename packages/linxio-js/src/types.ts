/** The public types of a client. They contain no Effect type. */
export type { ClientEvent } from "./types/events.ts"
export type { AuthResource } from "./types/auth.ts"
export type { LinxioClient } from "./types/client.ts"
export type { LoginPayload } from "./options/LoginPayload.ts"
export type { LoginData, OtpPayload, OtpRequiredData, SignedInData } from "./types/login.ts"
export type { User } from "linxio-effect/api/auth"
export type { PageResult, Result } from "./types/Result.ts"
export type { SessionChange, SessionData, SessionInput } from "./types/session.ts"
export type { LinxioEndpointDefinition, LinxioEndpoints } from "./types/endpoints.ts"
export type { HttpResource } from "./types/http.ts"
export type { SendRequest } from "./types/request.ts"
export type { ResourceOf } from "./types/resource.ts"
export type {
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
} from "./types/resources.ts"
