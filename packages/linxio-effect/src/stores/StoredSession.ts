/** A session as plain data, for whoever keeps it: the one form that leaves `Redacted`. */
import * as Redacted from "effect/Redacted"
import { LinxioValidationError } from "../LinxioError.ts"
import * as SessionTokens from "../session/SessionTokens.ts"

/**
 * Plain data, secrets included: store it where only the service can read it. Give it back as it was; only the tokens are required.
 *
 * @example
 * ```ts
 * import { createClient, type StoredSession } from "linxio-js"
 *
 * let stored: StoredSession | undefined
 * const store = { load: () => stored, save: (next: StoredSession) => void (stored = next), clear: () => void (stored = undefined) }
 * const linxio = createClient({ store })
 * await linxio.auth.login({ email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" })
 * console.log(Object.keys(stored ?? {}).includes("refreshToken")) // => true
 * ```
 */
export interface StoredSession {
  /** The access token: a secret. */
  readonly token?: string | undefined
  /** The refresh token: a secret, and what a save is compared by. */
  readonly refreshToken?: string | undefined
  /** When the access token ends, in milliseconds of the clock that `obtainedAt` is of. */
  readonly expiresAt?: number | undefined
  /** How long the access token lives from its issue, in milliseconds. */
  readonly lifetimeMs?: number | undefined
  /** When the refresh token ends, in milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number | undefined
  /** When the tokens arrived, in milliseconds since the epoch. */
  readonly obtainedAt?: number | undefined
}

/** Takes the secrets out of `Redacted`. */
export const encode = (tokens: SessionTokens.SessionTokens): StoredSession => ({
  ...(tokens.accessToken && { token: Redacted.value(tokens.accessToken) }),
  ...(tokens.refreshToken && { refreshToken: Redacted.value(tokens.refreshToken) }),
  ...tokens.expiry,
  ...(tokens.refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt: tokens.refreshTokenExpiresAt }),
  obtainedAt: tokens.obtainedAt
})

/** Reads what a store gave back; only the tokens themselves are required. */
export const decode = (stored: unknown, now: number): SessionTokens.SessionTokens | LinxioValidationError => {
  if (stored === null || typeof stored !== "object") {
    return new LinxioValidationError([{ field: "stored session", issue: "is not an object" }])
  }
  const { expireAt, expiresAt, lifetimeMs, obtainedAt, refreshToken, refreshTokenExpiresAt, token } = stored as Record<
    string,
    unknown
  >
  const tokens = SessionTokens.make(
    {
      token: text(token),
      refreshToken: text(refreshToken),
      expireAt: time(expiresAt) ?? text(expireAt),
      refreshTokenExpireAt: time(refreshTokenExpiresAt)
    },
    { now: time(obtainedAt) ?? now, fresh: false }
  )
  if (tokens instanceof LinxioValidationError) return tokens
  // The stored expiry is anchored to the local receipt; the token's own claims are the server's clock (I-25).
  const anchored = time(expiresAt)
  if (anchored === undefined) return tokens
  const lifetime = time(lifetimeMs)
  return { ...tokens, expiry: { expiresAt: anchored, ...(lifetime !== undefined && { lifetimeMs: lifetime }) } }
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)
const time = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined
