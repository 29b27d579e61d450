/**
 * Reads the times and the subject of a JWT **without verifying it**: they are hints for when to refresh, and nothing is trusted because of them.
 * Verification is done by the server, which has the keys.
 * Claims: RFC 7519, section 4.1; the encoding: RFC 7515, section 2.
 */
import { timeOf } from "../api/time.ts"

export interface Claims {
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt?: number
  /** When it was issued, in milliseconds since the epoch. */
  readonly issuedAt?: number
  readonly subject?: string
}

const noClaims: Claims = {}

export const claimsOf = (token: string): Claims => {
  const payload = token.split(".")[1]
  if (payload === undefined || payload === "") return noClaims
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (claims === null || typeof claims !== "object") return noClaims
    const { exp, iat, sub, email } = claims as Record<string, unknown>
    const [expiresAt, issuedAt] = [seconds(exp), seconds(iat)]
    const subject = sub ?? email
    return {
      ...(expiresAt !== undefined && { expiresAt }),
      ...(issuedAt !== undefined && { issuedAt }),
      ...((typeof subject === "string" || typeof subject === "number") && { subject: String(subject) })
    }
  } catch {
    return noClaims // opaque or malformed: the expiry is unknown, and a 401 decides
  }
}

/** The claims are in seconds (RFC 7519, section 2). A value out of range is probably in another unit, and counts as unknown. */
const seconds = (claim: unknown): number | undefined =>
  typeof claim === "number" && claim > 0 ? timeOf(claim * 1000) : undefined
