/**
 * Reads the times and the subject that a JWT claims, **without verifying it**: they are hints for the
 * clock of the session, never a ground to trust anything. Verification is the server's job and needs keys.
 * Claims: RFC 7519, section 4.1; the encoding: RFC 7515, section 2.
 */
export interface Claims {
  /** Seconds since the epoch. */
  readonly exp?: number
  readonly iat?: number
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
    const subject = sub ?? email
    return {
      ...(isTime(exp) && { exp }),
      ...(isTime(iat) && { iat }),
      ...((typeof subject === "string" || typeof subject === "number") && { subject: String(subject) })
    }
  } catch {
    return noClaims // opaque or malformed: the expiry is unknown, and a 401 will tell
  }
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value > 0
