/**
 * The authentication endpoints: requests and all known responses.
 *
 * Sources, cited below as [api] and: Linxio's public API page, and the public `linxio-js` documentation (checked by its maintainers
 * against a live tenant in June 2026). `(?)` marks what neither source confirms, but a client must still handle.
 *
 * Secrets are `Redacted` on the typed side and plain strings on the wire, in both directions: a client never holds a bare token from the moment
 * the reply is read, nor a server a bare password, and neither can print one by accident.
 */
import type * as Redacted from "effect/Redacted"
import { done, type Id, one, operation, params } from "./operation.ts"
import { anyObject, anything, closed, either, id, list, needed, only, record, secret, text, time } from "./shape.ts"

type Maybe<A> = A | null

/** What `POST /login` takes; `domain` picks the tenant where an address exists in more than one. */
export interface LoginPayload {
  readonly email: string
  readonly password: Redacted.Redacted
  readonly domain?: string
}

/** What `POST /login/otp` takes: the code that went to the phone by SMS. */
export interface OtpPayload {
  readonly email: string
  readonly code: Redacted.Redacted
}

/** What `POST /token/refresh` takes. */
export interface RefreshPayload {
  readonly refreshToken: Redacted.Redacted
}

/**
 * The tokens and expiries that every sign-in answer carries.
 *
 * `token` is a JWT, `refreshToken` is opaque; both `…ExpireAt` are ISO-8601 with an offset (`2020-08-25T10:52:09+00:00`), kept as text because a
 * value without an offset means UTC, which no date codec assumes. They are hints: what cannot be read is `null`, and fails nothing.
 */
export interface RefreshReply {
  readonly token: Redacted.Redacted
  readonly expireAt?: Maybe<string>
  readonly refreshToken?: Maybe<Redacted.Redacted>
  readonly refreshTokenExpireAt?: Maybe<string>
  readonly loginWithId?: unknown
}

/** A 200 of `/login/otp`. */
export interface OtpReply extends Omit<RefreshReply, "loginWithId"> {
  /** `client` | `reseller` | `admin`; open, so that a new kind of team does not break sign-in. */
  readonly teamType?: Maybe<string>
  readonly roleId?: Maybe<Id>
}

/** A 200 of `/login` that signs in. It is the only one of the four answers with a token. */
export interface SignedInReply extends OtpReply {
  readonly otp_required?: Maybe<false>
  readonly loginWithId?: unknown
}

/** A 200 of `/login` that asks for a code: no token; `phone` is masked (`+61*****123`). */
export interface OtpRequiredReply {
  readonly otp_required: true
  readonly phone?: Maybe<string>
  readonly teamType?: Maybe<string>
}

/** A 200 of `/login` for a blocked account (?): no token. */
export interface BlockedReply {
  readonly blocked: true
  readonly message?: Maybe<string>
  readonly teamType?: Maybe<string>
}

/** A 200 of `/login` for an account whose phone is not verified yet (?): no token, but one that verifies the phone. */
export interface PhoneUnverifiedReply {
  readonly isPhoneVerified: false
  readonly verifyToken?: Maybe<Redacted.Redacted>
  readonly phone?: Maybe<string>
  readonly teamType?: Maybe<string>
}

/**
 * The signed-in user; every field is optional, and fields that are not named here are kept, since `fields` can ask for them.
 *
 * @example
 * ```ts
 * import type { User } from "linxio-js"
 *
 * const greeting = (user: User) => `Hello ${user.fullName ?? user.email}`
 * console.log(greeting({ fullName: "Ada" })) // => Hello Ada
 * ```
 */
export interface User {
  /** The id of the user. */
  readonly id?: Id | null
  /** The address that the user signs in with. */
  readonly email?: string | null
  /** The name to show. */
  readonly fullName?: string | null
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly teamType?: string | null
  /** The user's team. */
  readonly team?: Readonly<Record<string, unknown>> | null
  /** What the user may do. */
  readonly permissions?: ReadonlyArray<string> | null
  /** How dates are shown to the user. */
  readonly dateFormat?: string | null
  readonly [field: string]: unknown
}

const tokens = { token: needed(secret), expireAt: time, refreshToken: secret, refreshTokenExpireAt: time }
const team = { teamType: text, roleId: id }

const signedInReply = closed<SignedInReply>("SignedInReply", {
  ...tokens,
  ...team,
  otp_required: only(false),
  loginWithId: anything
})

/**
 * The four answers of a 200 from `/login`. First match wins, so the order is part of the contract: a response with a token is a
 * sign-in, whatever flags it has; each of the others is recognised by its own flag.
 */
const loginReply = either(
  signedInReply,
  closed<OtpRequiredReply>("OtpRequiredReply", { otp_required: needed(only(true)), phone: text, teamType: text }),
  closed<BlockedReply>("BlockedReply", { blocked: needed(only(true)), message: text, teamType: text }),
  closed<PhoneUnverifiedReply>("PhoneUnverifiedReply", {
    isPhoneVerified: needed(only(false)),
    verifyToken: secret,
    phone: text,
    teamType: text
  })
)

/** Signs in with e-mail and password. Takes no bearer; a wrong password is a 401 in the gateway's envelope. Documented. */
export const login = operation("POST", "/login", "O+", one(loginReply), {
  payload: closed<LoginPayload>("LoginPayload", { email: needed(text), password: needed(secret), domain: text }),
  bearer: false
})

/** Completes a sign-in with the code from the phone. Takes no bearer. Derived from the dashboard. */
export const verifyOtp = operation(
  "POST",
  "/login/otp",
  "D",
  one(closed<OtpReply>("OtpReply", { ...tokens, ...team })),
  {
    payload: closed<OtpPayload>("OtpPayload", { email: needed(text), code: needed(secret) }),
    bearer: false
  }
)

/** Exchanges a refresh token for a new access token. Takes no bearer; a body without a refresh token is answered with 204 (?). Derived from the dashboard. */
export const refresh = operation(
  "POST",
  "/token/refresh",
  "D",
  one(closed<RefreshReply>("RefreshReply", { ...tokens, loginWithId: anything })),
  { payload: closed<RefreshPayload>("RefreshPayload", { refreshToken: needed(secret) }), bearer: false }
)

/** Reads the signed-in user; `fields[]` repeats, one per field asked for. Derived from the dashboard. */
export const me = operation(
  "GET",
  "/me",
  "DP",
  one(
    record<User>("User", {
      id,
      email: text,
      fullName: text,
      teamType: text,
      team: anyObject,
      permissions: list(text),
      dateFormat: text
    })
  ),
  { query: params<{ readonly fields?: ReadonlyArray<string> | undefined }>("fields") }
)

/** Ends the session on the server: 204, or `{status, redirectUrl}`. Derived from the dashboard. */
export const logout = operation("POST", "/logout", "D", done)

/** The operations of authentication, by the names of their endpoints. */
export const auth = { login, verifyOtp, refresh, me, logout }
