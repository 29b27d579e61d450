/** The result of a sign-in, and the answer to a one-time code. */

/**
 * The answer to a one-time code.
 *
 * @example
 * ```ts
 * import type { OtpPayload } from "linxio-js"
 *
 * const answer: OtpPayload = { email: "desk@example.test", code: "123456" }
 * ```
 */
export interface OtpPayload {
  /** The address that `auth.login` was called with. */
  readonly email: string
  /** The code that Linxio sent to the phone of this user. */
  readonly code: string
}

/**
 * The result of a sign-in. With `otpRequired: false` the client's session has begun; with `otpRequired: true` there are no tokens yet.
 *
 * @example
 * ```ts
 * import type { LoginData } from "linxio-js"
 *
 * const describe = (data: LoginData) => (data.otpRequired ? `a code went to ${data.phone}` : `signed in until ${data.expireAt}`)
 * ```
 */
export type LoginData = SignedInData | OtpRequiredData

/**
 * The session has begun.
 *
 * @example
 * ```ts
 * import type { SignedInData } from "linxio-js"
 *
 * const signedIn: SignedInData = { otpRequired: false, token: "a.b.c", refreshToken: "r" }
 * ```
 */
export interface SignedInData {
  /** No code is needed. */
  readonly otpRequired: false
  /** @deprecated Another name of `otpRequired`. */
  readonly otp_required?: false
  /** The access token: a secret. */
  readonly token: string
  /** The refresh token: a secret. */
  readonly refreshToken?: string
  /** When the access token ends: ISO-8601, as Linxio sent it. */
  readonly expireAt?: string
  /** When the refresh token ends: ISO-8601, as Linxio sent it. */
  readonly refreshTokenExpireAt?: string
  /** Absent: no code was sent. */
  readonly phone?: never
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly teamType?: string
  /** The id of the user's role. */
  readonly roleId?: number | string
}

/**
 * A code must be given to `auth.verifyOtp` before there is a session.
 *
 * @example
 * ```ts
 * import type { OtpRequiredData } from "linxio-js"
 *
 * const waiting: OtpRequiredData = { otpRequired: true, phone: "+61*****123" }
 * ```
 */
export interface OtpRequiredData {
  /** A code is needed. */
  readonly otpRequired: true
  /** @deprecated Another name of `otpRequired`. */
  readonly otp_required?: true
  /** Where the code went, masked. */
  readonly phone?: string
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly teamType?: string
  /** Not before the code. */
  readonly token?: never
  /** Not before the code. */
  readonly refreshToken?: never
  /** Not before the code. */
  readonly expireAt?: never
  /** Not before the code. */
  readonly refreshTokenExpireAt?: never
  /** Not before the code. */
  readonly roleId?: never
}
