/**
 * The tokens of a session as one immutable value: access token, refresh token and expiries are replaced
 * together or not at all (I-11), and every secret in it is `Redacted`.
 */
import * as Redacted from "effect/Redacted"
import { isTime, textOf, timeOf } from "../api/time.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import { type Claims, claimsOf } from "./jwt.ts"

/**
 * When an access token ends, on the local clock: for the decisions of this process only, and never exported (I-25).
 * `lifetimeMs` is absent where only an absolute end is known (a hydrated token without `iat`).
 */
export interface Expiry {
  /** In milliseconds since the epoch. */
  readonly expiresAt: number
  /** From issue to end, in milliseconds. */
  readonly lifetimeMs?: number
}

interface Common {
  /** When the tokens arrived here, in milliseconds of the local clock. */
  readonly obtainedAt: number
  /** Unknown (an opaque token) means neither "expired" nor "for ever": a 401 will tell. */
  readonly expiry?: Expiry
  /** When the access token ends, as Linxio wrote it; where it did not, by the token's own `exp`. */
  readonly expireAt?: string
  /** When the refresh token ends, as Linxio wrote it. */
  readonly refreshTokenExpireAt?: string
  /** The same, in milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number
  /** Who the token says it belongs to, unverified; only compared, never trusted. */
  readonly subject?: string
}

/** A session has an access token, a refresh token, or both. */
export type SessionTokens =
  | (Common & { readonly accessToken: Redacted.Redacted; readonly refreshToken?: Redacted.Redacted })
  | (Common & { readonly accessToken?: never; readonly refreshToken: Redacted.Redacted })

/**
 * Tokens as they come from outside: an option, a store, an answer of Linxio.
 *
 * @example
 * ```ts
 * import { Auth, type TokenInput } from "linxio-effect"
 *
 * const resume = (saved: TokenInput) => Auth.use((auth) => auth.setSession(saved))
 * ```
 */
export interface TokenInput {
  /** The access token. */
  readonly token?: string | Redacted.Redacted | null | undefined
  /**
   * The refresh token; alone it is enough. Left out beside a token of the user who is signed in, `setSession` keeps the
   * one that it has; null drops it.
   */
  readonly refreshToken?: string | Redacted.Redacted | null | undefined
  /**
   * ISO-8601 text, a `Date`, or milliseconds since the epoch; text without an offset is read as UTC. A number out of the
   * range of times, such as `Infinity`, is unknown.
   */
  readonly expireAt?: string | number | Date | null | undefined
  /** When the refresh token ends, in the same forms. */
  readonly refreshTokenExpireAt?: string | number | Date | null | undefined
}

/** What tells the age of the tokens: the moment they arrived and, for an answer, the server's own `Date`. */
export interface Receipt {
  /** Now, in milliseconds of the local clock. */
  readonly now: number
  /** True when the tokens come fresh from Linxio, so that their whole lifetime lies ahead. */
  readonly fresh: boolean
  /** The `Date` header of the answer, in milliseconds. */
  readonly serverNow?: number | undefined
}

/**
 * Builds the value, or says what is wrong with the input.
 *
 * Fresh tokens are anchored to their local receipt: the difference of two server times (`exp − iat`, else
 * `expireAt − Date`) does not depend on the local clock, so that a clock that is a day wrong costs nothing (I-25).
 */
export const make = (input: TokenInput, receipt: Receipt): SessionTokens | LinxioValidationError => {
  const accessToken = secretOf(input.token)
  const refreshToken = secretOf(input.refreshToken)
  const broken = [
    ...issuesOf("token", accessToken),
    ...issuesOf("refreshToken", refreshToken),
    // A time of Linxio is a hint: it fails no sign-in, and throws no renewed token away.
    ...(receipt.fresh ? [] : timeIssuesOf("expireAt", input.expireAt)),
    ...(receipt.fresh ? [] : timeIssuesOf("refreshTokenExpireAt", input.refreshTokenExpireAt))
  ]
  if (broken.length > 0) return new LinxioValidationError(broken)

  const claims = accessToken ? claimsOf(Redacted.value(accessToken)) : {}
  const expiry = accessToken && expiryOf(claims, timeOf(input.expireAt), receipt)
  const expireAt = accessToken && (textOf(input.expireAt) ?? textOf(claims.expiresAt))
  const refreshTokenExpireAt = textOf(input.refreshTokenExpireAt)
  const refreshTokenExpiresAt = timeOf(refreshTokenExpireAt)
  const common: Common = {
    obtainedAt: receipt.now,
    ...(expiry && { expiry }),
    ...(expireAt !== undefined && { expireAt }),
    ...(refreshTokenExpireAt !== undefined && { refreshTokenExpireAt }),
    ...(refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt }),
    ...(claims.subject !== undefined && { subject: claims.subject })
  }
  if (accessToken) return { ...common, accessToken, ...(refreshToken && { refreshToken }) }
  if (refreshToken) return { ...common, refreshToken }
  return new LinxioValidationError([{ field: "token", issue: "or refreshToken is required" }])
}

/** The same secrets: setting them again changes nothing. */
export const sameSecrets = (a: SessionTokens, b: SessionTokens): boolean =>
  sameSecret(a.accessToken, b.accessToken) && sameSecret(a.refreshToken, b.refreshToken)

/** Whether both are the same secret, or both are none. */
export const sameSecret = (a: Redacted.Redacted | undefined, b: Redacted.Redacted | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && Redacted.value(a) === Redacted.value(b))

const expiryOf = (
  claims: Claims,
  expireAt: number | undefined,
  { fresh, now, serverNow }: Receipt
): Expiry | undefined => {
  const claimed =
    claims.expiresAt !== undefined && claims.issuedAt !== undefined ? claims.expiresAt - claims.issuedAt : 0
  if (!fresh) {
    // What a caller says counts more than what the token says, which is all that is known otherwise.
    const end = expireAt ?? claims.expiresAt
    return end === undefined ? undefined : { expiresAt: end, ...(claimed > 0 && { lifetimeMs: claimed }) }
  }
  const end = claims.expiresAt ?? expireAt
  // Only two times of the server make a lifetime: with the local clock in it, a wrong clock would refresh again and
  // again (I-25). Browsers hide `Date` across origins; without it and without `iat`, a 401 decides.
  const lifetimeMs = claimed > 0 || end === undefined || serverNow === undefined ? claimed : end - serverNow
  // A token that comes expired tells nothing that a refresh would mend (I-24): unknown as well.
  return lifetimeMs > 0 ? { expiresAt: now + lifetimeMs, lifetimeMs } : undefined
}

const secretOf = (input: TokenInput["token"]): Redacted.Redacted | undefined => {
  if (input === null || input === undefined) return undefined
  const secret = Redacted.isRedacted(input) ? input : Redacted.make(input)
  return Redacted.value(secret) === "" ? undefined : secret
}

/** A line break or any other control character in a token would end or forge a header (RFC 9110, section 5.5). */
const issuesOf = (field: string, secret: Redacted.Redacted | undefined) => {
  if (secret === undefined) return []
  const value: unknown = Redacted.value(secret)
  if (typeof value !== "string") return [{ field, issue: "must be a string" }]
  return /^[\x21-\x7e]+$/.test(value)
    ? []
    : [{ field, issue: "has a character that no token can have (white space, a line break or a letter outside ASCII)" }]
}

const timeIssuesOf = (field: string, input: unknown) =>
  input === null || input === undefined || input === "" || isTime(input)
    ? []
    : [{ field, issue: "is not a time: give ISO-8601 text, a Date or milliseconds" }]
