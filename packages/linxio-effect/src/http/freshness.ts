/**
 * Whether to refresh an access token before it is used. Checked when a request is signed, without a timer (I-26). There are two windows, as in Azure's
 * SDKs, but as shares of the lifetime, so that short-lived tokens are not refreshed at every call (I-24).
 */
import type { Active } from "../Session.ts"

/** `soft`: refresh in the background. `hard`: refresh and wait for it. `rejected`: the server rejected the token. */
export type Freshness = "fresh" | "soft" | "hard" | "rejected"

const softMs = 120_000
const softShare = 0.2
const hardMs = 10_000
const hardShare = 0.05

/** `spread` (0.8 to 1.2) moves the soft window, so that many processes do not refresh in the same second. */
export const freshnessOf = (active: Active, now: number, spread: number): Freshness => {
  const { accessToken, expiry, refreshToken } = active.tokens
  if (accessToken === undefined || active.tokenStatus === "rejected") return "rejected"
  if (expiry === undefined || refreshToken === undefined || active.clockIgnored) return "fresh"
  const left = expiry.expiresAt - now
  const lifetime = expiry.lifetimeMs ?? Infinity
  if (left <= Math.min(hardMs, lifetime * hardShare)) return "hard"
  return left <= softWindowMs(lifetime, spread) ? "soft" : "fresh"
}

const softWindowMs = (lifetimeMs: number, spread: number): number => Math.min(softMs, lifetimeMs * softShare) * spread

/** When to refresh in the background, in milliseconds since the epoch; undefined if it is unknown. */
export const softStartOf = ({ clockIgnored, tokens }: Active, spread: number): number | undefined =>
  tokens.expiry === undefined || tokens.refreshToken === undefined || clockIgnored
    ? undefined
    : tokens.expiry.expiresAt - softWindowMs(tokens.expiry.lifetimeMs ?? Infinity, spread)
