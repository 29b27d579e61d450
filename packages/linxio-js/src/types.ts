/** What a client is and gives, in types without an Effect type in them. */
export type { AuthResource, LinxioClient } from "./types/client.ts"
export type { LoginData, LoginPayload, OtpPayload, OtpRequiredData, SignedInData, User } from "./types/login.ts"
export type { Result } from "./types/Result.ts"
export type { SessionChange, SessionData, SessionInput } from "./types/session.ts"
