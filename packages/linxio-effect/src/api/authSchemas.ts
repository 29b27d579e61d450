/**
 * What goes over the wire in authentication: the five routes, what goes in and every answer that comes out. `AuthApi` makes endpoint values of
 * it; the corridor uses the shapes alone, so that no bundle carries a server's half.
 *
 * Sources, cited below as [api] and [docs]: Linxio's public API page, and the public `linxio-js` documentation (checked by its maintainers
 * against a live tenant in June 2026). `(?)` marks what neither confirms and a client must survive all the same.
 *
 * Decoding is tolerant: unknown fields pass, what may be absent is optional, and `null` stands where a server would plausibly send it.
 *
 * Secrets are `Redacted` on the typed side and plain strings on the wire, in both directions: a client never holds a bare token from the moment
 * the reply is decoded, nor a server a bare password, and neither can print one by accident. They carry no label, because a labelled schema
 * refuses a `Redacted` that was made without the same label.
 */
import * as Schema from "effect/Schema"
import { Id, nullish } from "./schemas.ts"
import { Time } from "./time.ts"

/** Where each endpoint is. */
export const routes = {
  login: { method: "POST", path: "/login" },
  verifyOtp: { method: "POST", path: "/login/otp" },
  refresh: { method: "POST", path: "/token/refresh" },
  me: { method: "GET", path: "/me" },
  logout: { method: "POST", path: "/logout" }
} as const

const Secret = Schema.RedactedFromValue(Schema.NonEmptyString)

// ---------------------------------------------------------------------------------------------------------------------
// Sign in
// ---------------------------------------------------------------------------------------------------------------------

/** What `POST /login` takes [docs]; `domain` picks the tenant where an address exists in more than one. */
export const LoginPayload = Schema.Struct({
  email: Schema.String,
  password: Secret,
  domain: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "LoginPayload" })

/** What `POST /login/otp` takes [docs]: the code that went to the phone by SMS. */
export const OtpPayload = Schema.Struct({ email: Schema.String, code: Secret }).annotate({ identifier: "OtpPayload" })

/** What `POST /token/refresh` takes [docs]. */
export const RefreshPayload = Schema.Struct({ refreshToken: Secret }).annotate({ identifier: "RefreshPayload" })

/**
 * The tokens and expiries that every sign-in answer carries [api] [docs].
 *
 * `token` is a JWT, `refreshToken` is opaque; both `…ExpireAt` are ISO-8601 with an offset (`2020-08-25T10:52:09+00:00`), kept as text because a
 * value without an offset means UTC, which no date codec assumes. They are hints: what cannot be read is `null`, and fails nothing.
 */
const tokens = {
  token: Secret,
  expireAt: Time,
  refreshToken: nullish(Secret),
  refreshTokenExpireAt: Time
}

/** `client` | `reseller` | `admin` [docs]; open, so that a new kind of team does not break sign-in. */
const teamType = nullish(Schema.String)

/** A 200 of `/login` that signs in [docs]. It is the only one of the four answers with a token. */
export const SignedInReply = Schema.Struct({
  ...tokens,
  otp_required: nullish(Schema.Literal(false)),
  loginWithId: nullish(Schema.Unknown),
  teamType,
  roleId: nullish(Id)
}).annotate({ identifier: "SignedInReply" })

/** A 200 of `/login` that asks for a code [docs]: no token; `phone` is masked (`+61*****123`). */
export const OtpRequiredReply = Schema.Struct({
  otp_required: Schema.Literal(true),
  phone: nullish(Schema.String),
  teamType
}).annotate({ identifier: "OtpRequiredReply" })

/** A 200 of `/login` for a blocked account (?): no token. */
export const BlockedReply = Schema.Struct({
  blocked: Schema.Literal(true),
  message: nullish(Schema.String),
  teamType
}).annotate({ identifier: "BlockedReply" })

/** A 200 of `/login` for an account whose phone is not verified yet (?): no token, but one that verifies the phone. */
export const PhoneUnverifiedReply = Schema.Struct({
  isPhoneVerified: Schema.Literal(false),
  verifyToken: nullish(Secret),
  phone: nullish(Schema.String),
  teamType
}).annotate({ identifier: "PhoneUnverifiedReply" })

/**
 * The four answers of a 200 from `/login`. First match wins, so the order is part of the contract: whoever got a token is signed in, whatever
 * flags came with it, and each of the others is told by its own flag.
 */
export const LoginReply = Schema.Union([SignedInReply, OtpRequiredReply, BlockedReply, PhoneUnverifiedReply])

/** A 200 of `/login/otp` [docs]. */
export const OtpReply = Schema.Struct({ ...tokens, teamType, roleId: nullish(Id) }).annotate({ identifier: "OtpReply" })

/** A 200 of `/token/refresh` [api] [docs]: a new token, with the refresh token that was sent or a new one. */
export const RefreshReply = Schema.Struct({ ...tokens, loginWithId: nullish(Schema.Unknown) }).annotate({
  identifier: "RefreshReply"
})

// ---------------------------------------------------------------------------------------------------------------------
// The signed-in user
// ---------------------------------------------------------------------------------------------------------------------

/** The user behind a token [docs]: every field is optional, and fields that are not listed here are kept, since `fields[]` can ask for them. */
export const User = Schema.StructWithRest(
  Schema.Struct({
    id: nullish(Id),
    email: nullish(Schema.String),
    fullName: nullish(Schema.String),
    teamType,
    team: nullish(Schema.Record(Schema.String, Schema.Unknown)),
    permissions: nullish(Schema.Array(Schema.Unknown)),
    dateFormat: nullish(Schema.String)
  }),
  [Schema.Record(Schema.String, Schema.Unknown)]
).annotate({ identifier: "User" })

/** What `POST /logout` takes [docs]: nothing. */
export const LogoutPayload = Schema.Struct({})

/** A 200 of `/logout` [docs]; the server may answer 204 with no body instead. */
export const LogoutReply = Schema.Struct({
  status: nullish(Schema.String),
  redirectUrl: nullish(Schema.String)
}).annotate({ identifier: "LogoutReply" })
