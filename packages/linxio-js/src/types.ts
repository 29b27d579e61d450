/** The public types of a client. They contain no Effect type. */
export type { ClientEvent } from "./types/events.ts"
export type { AuthResource, LinxioClient } from "./types/client.ts"
export type { LoginPayload } from "./options/LoginPayload.ts"
export type { LoginData, OtpPayload, OtpRequiredData, SignedInData } from "./types/login.ts"
export type { User } from "linxio-effect/api/auth"
export type { PageResult, Result } from "./types/Result.ts"
export type { SessionChange, SessionData, SessionInput } from "./types/session.ts"
export type { VehiclesResource } from "./types/vehicles.ts"
