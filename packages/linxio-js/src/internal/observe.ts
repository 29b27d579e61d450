/** What happened to the session, as users are told: without a secret, unless they asked to store it. */
import type { SessionChange as Change } from "linxio-effect"
import type { Logger } from "../options.ts"
import type { SessionChange } from "../types.ts"
import { sessionDataOf } from "./sessionData.ts"

export const publicChange = (change: Change, persist: boolean): SessionChange => {
  const { at, type } = change
  switch (change.type) {
    case "signedIn":
    case "restored":
    case "refreshed":
      return { type, at, ...(persist && { session: sessionDataOf(change.tokens) }) }
    case "ended":
    case "refreshDenied":
      return { type, at, ended: change.end }
    case "refreshFailed":
      return { type, at, error: change.error, nextRefreshAt: change.nextAttemptAt }
    case "sessionExpiring":
      return { type, at, refreshTokenExpiresAt: change.refreshTokenExpiresAt }
    case "storeFailed":
      return { type, at, message: change.message }
    case "signedOut":
      return { type, at }
  }
}

const levels: Readonly<Record<Change["type"], keyof Logger>> = {
  signedIn: "info",
  restored: "info",
  refreshed: "info",
  signedOut: "info",
  ended: "error",
  refreshFailed: "warn",
  refreshDenied: "error",
  sessionExpiring: "warn",
  storeFailed: "warn"
}

/** A logger that throws or rejects is silenced by the session, as every observer is (I-19). */
export const logTo =
  (logger: Logger) =>
  (change: Change): unknown => {
    const { type: _, ...details } = publicChange(change, false)
    return logger[levels[change.type]](`linxio session: ${change.type}`, details)
  }
