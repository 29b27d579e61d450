/**
 * The tokens of a session as one immutable value: access token, refresh token and expiries are replaced
 * together or not at all (I-11), and every secret in it is `Redacted`.
 */
import * as Redacted from "effect/Redacted"
import { isTime, textOf, timeOf } from "../api/time.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import { type Claims, claimsOf } from "./jwt.ts"

/**
 * When an access token expires, on the local clock: for decisions of this process only, and never exported (I-25).
 * `lifetimeMs` is absent if only an absolute time is known (a saved token without `iat`).
 */
export interface Expiry {
  /** In milliseconds since the epoch. */
  readonly expiresAt: number
  /** From issue to end, in milliseconds. */
  readonly lifetimeMs?: number
}

interface Common {
  /** When the client received the tokens, in milliseconds since the epoch, on the local clock. */
  readonly obtainedAt: number
  /** Undefined means unknown (an opaque token), not "expired" or "never expires": a 401 decides. */
  readonly expiry?: Expiry
  /** When the access token expires, as Linxio wrote it, or else from the claim `exp` of the token. */
  readonly expireAt?: string
  /** When the refresh token ends, as Linxio wrote it. */
  readonly refreshTokenExpireAt?: string
  /** The same, in milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number
  /** The user in the claims of the token. Not verified: it is only compared, never trusted. */
  readonly subject?: string
}

/** A session has an access token, a refresh token, or both. */
export type SessionTokens =
  | (Common & { readonly accessToken: Redacted.Redacted; readonly refreshToken?: Redacted.Redacted })
  | (Common & { readonly accessToken?: never; readonly refreshToken: Redacted.Redacted })

/**
 * Tokens as input: from an option, a store, or a response of Linxio.
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
   * The refresh token; it is enough on its own. If it is left out and `token` belongs to the signed-in user, `setSession` keeps the current refresh
   * token; null removes it.
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

/** When the tokens were received: the local time and, for a response, the server's `Date`. */
export interface Receipt {
  /** The local time, in milliseconds since the epoch. */
  readonly now: number
  /** True if Linxio has just issued the tokens, so that their whole lifetime remains. */
  readonly fresh: boolean
  /** The `Date` header of the answer, in milliseconds. */
  readonly serverNow?: number | undefined
}

/**
 * Builds the value, or returns the problems of the input.
 *
 * The lifetime of new tokens counts from their receipt: the difference of two server times (`exp − iat`, else `expireAt − Date`) does not depend on the
 * local clock, so a wrong local clock does no harm (I-25).
 */
export const make = (input: TokenInput, receipt: Receipt): SessionTokens | LinxioValidationError => {
  const accessToken = secretOf(input.token)
  const refreshToken = secretOf(input.refreshToken)
  const broken = [
    ...issuesOf("token", accessToken),
    ...issuesOf("refreshToken", refreshToken),
    // A time from Linxio is a hint: an invalid one must not fail a sign-in or lose refreshed tokens.
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

/** Whether both have the same tokens, so that setting them again changes nothing. */
export const sameSecrets = (a: SessionTokens, b: SessionTokens): boolean =>
  sameSecret(a.accessToken, b.accessToken) && sameSecret(a.refreshToken, b.refreshToken)

/** Whether both are the same secret, or both are absent. */
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
    // From a caller, `expireAt` takes precedence over the claims of the token.
    const end = expireAt ?? claims.expiresAt
    return end === undefined ? undefined : { expiresAt: end, ...(claimed > 0 && { lifetimeMs: claimed }) }
  }
  const end = claims.expiresAt ?? expireAt
  // Only two times of the server make a lifetime: with the local clock in it, a wrong clock would refresh again and
  // again (I-25). Browsers hide `Date` across origins; without it and without `iat`, a 401 decides.
  const lifetimeMs = claimed > 0 || end === undefined || serverNow === undefined ? claimed : end - serverNow
  // A new token that is already expired: refreshing again would not help (I-24), so its expiry counts as unknown.
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
  if (/^bearer\s/i.test(value)) return [{ field, issue: 'begins with "Bearer": give the token alone' }]
  return /^[\x21-\x7e]+$/.test(value)
    ? []
    : [{ field, issue: "has a character that no token can have (white space, a line break or a letter outside ASCII)" }]
}

const timeIssuesOf = (field: string, input: unknown) =>
  input === null || input === undefined || input === "" || isTime(input)
    ? []
    : [{ field, issue: "is not a time: give ISO-8601 text, a Date or milliseconds" }]
