/** The names that these types have in `@ambulancewa/linxio-js`, so that a program which imports them compiles. */
import type { ClientOptions, RequestOptions } from "../options.ts"
import type { User } from "linxio-effect/api/auth"
import type { LoginData, LoginPayload, OtpPayload } from "./login.ts"
import type { Result } from "./Result.ts"
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
