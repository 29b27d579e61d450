/** Emits `sessionExpiring` before the refresh token expires, once for each threshold. */
import type { Active, SessionChange } from "../Session.ts"

export const makeExpiryWarnings = (thresholdsMs: ReadonlyArray<number>, announce: (change: SessionChange) => void) => {
  const descending = [...thresholdsMs].sort((a, b) => b - a)
  let warnedFor: number | undefined
  let warned = 0
  return ({ epoch, tokens }: Active, now: number): void => {
    const end = tokens.refreshTokenExpiresAt
    if (end === undefined) return
    if (end !== warnedFor) {
      warnedFor = end
      warned = 0
    }
    const passed = descending.filter((threshold) => end - now <= threshold).length
    if (passed <= warned) return
    warned = passed
    announce({ type: "sessionExpiring", at: now, epoch, refreshTokenExpiresAt: end })
  }
}
