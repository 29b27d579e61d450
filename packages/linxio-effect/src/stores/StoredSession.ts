/** A session as plain data for stores: the only form with tokens that are not `Redacted`. */
import * as Redacted from "effect/Redacted"
import { textOf, timeOf } from "../api/time.ts"
import { LinxioValidationError } from "../LinxioError.ts"
import * as SessionTokens from "../session/SessionTokens.ts"

/**
 * A session as plain data, secrets included: store it where only your service can read it, and return it unchanged. Only the tokens are required.
 *
 * @example
 * ```ts
 * import { createClient, type StoredSession } from "linxio-js"
 *
 * const saved: StoredSession = { token: "a.b.c", refreshToken: "r", expireAt: "2030-01-02T03:04:05+00:00" }
 * console.log(createClient(saved).session()?.refreshToken) // => r
 * ```
 */
export interface StoredSession {
  /** The access token: a secret. */
  readonly token?: string | undefined
  /** The refresh token: a secret. */
  readonly refreshToken?: string | undefined
  /** When the access token ends, as Linxio wrote it. */
  readonly expireAt?: string | undefined
  /** When the refresh token ends, as Linxio wrote it. */
  readonly refreshTokenExpireAt?: string | undefined
  /** How long the access token lives from `obtainedAt` on, in milliseconds; absent when unknown. */
  readonly lifetimeMs?: number | undefined
  /** When the tokens were received, in milliseconds since the epoch, on the clock of the client that stored them. */
  readonly obtainedAt?: number | undefined
}

/** Takes the secrets out of `Redacted`. */
export const encode = (tokens: SessionTokens.SessionTokens): StoredSession => ({
  ...(tokens.accessToken && { token: Redacted.value(tokens.accessToken) }),
  ...(tokens.refreshToken && { refreshToken: Redacted.value(tokens.refreshToken) }),
  ...(tokens.expireAt !== undefined && { expireAt: tokens.expireAt }),
  ...(tokens.refreshTokenExpireAt !== undefined && { refreshTokenExpireAt: tokens.refreshTokenExpireAt }),
  ...(tokens.expiry?.lifetimeMs !== undefined &&
    tokens.expiry.expiresAt === tokens.obtainedAt + tokens.expiry.lifetimeMs && {
      lifetimeMs: tokens.expiry.lifetimeMs
    }),
  obtainedAt: tokens.obtainedAt
})

/**
 * Reads a session from a store. Only the tokens are required; invalid times are unknown.
 *
 * The access token expires at its receipt plus its lifetime. Without a lifetime, only `expireAt` is known, on the server's clock; the local clock may
 * differ, so a 401 decides (I-25). Without `obtainedAt`, the tokens come from another source, and their times are read as in `setSession`.
 */
export const decode = (stored: unknown, now: number): SessionTokens.SessionTokens | LinxioValidationError => {
  if (stored === null || typeof stored !== "object") {
    return new LinxioValidationError([{ field: "stored session", issue: "is not an object" }])
  }
  const record = stored as Record<keyof StoredSession, unknown>
  const obtainedAt = timeOf(record.obtainedAt)
  const made = SessionTokens.make(
    {
      token: text(record.token),
      refreshToken: text(record.refreshToken),
      expireAt: textOf(record.expireAt),
      refreshTokenExpireAt: textOf(record.refreshTokenExpireAt)
    },
    { now: obtainedAt ?? now, fresh: false }
  )
  if (made instanceof LinxioValidationError || obtainedAt === undefined) return made
  const { expiry: claimed, ...tokens } = made
  const lifetimeMs = timeOf(record.lifetimeMs) ?? 0
  const expiry =
    // The clock of another machine may be ahead of this one: no token outlives its lifetime from now on.
    lifetimeMs > 0 ? { expiresAt: Math.min(obtainedAt, now) + lifetimeMs, lifetimeMs } : claimed
  return { ...tokens, ...(expiry?.lifetimeMs !== undefined && { expiry }) }
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)
