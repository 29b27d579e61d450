/** What happened to the session and to each call, as users are told: without a secret, unless they asked to store the session. */
import type { SessionChange as Change } from "linxio-effect"
import { LinxioError } from "linxio-effect/LinxioError"
import type { Logger } from "../options.ts"
import type { SessionChange } from "../types.ts"
import { environment } from "./environment.ts"
import { sessionDataOf } from "../types/sessionData.ts"

export const publicChange = (change: Change, persist: boolean): SessionChange => {
  const { at } = change
  switch (change.type) {
    case "signedIn":
    case "restored":
    case "refreshed":
    case "adopted":
      return { type: change.type, at, ...(persist && { session: sessionDataOf(change.tokens) }) }
    case "ended":
    case "refreshDenied":
      return { type: change.type, at, ended: change.end }
    case "refreshFailed":
      return { type: change.type, at, error: change.error, nextRefreshAt: change.nextAttemptAt }
    case "sessionExpiring":
      return { type: change.type, at, refreshTokenExpiresAt: change.refreshTokenExpiresAt }
    case "storeFailed":
      return { type: change.type, at, message: change.message }
    case "signedOut":
      return { type: change.type, at }
  }
}

const levels: Readonly<Record<Change["type"], keyof Logger>> = {
  signedIn: "info",
  restored: "info",
  refreshed: "info",
  adopted: "info",
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

/** Is told how each call ended. */
export type CallObserver = (call: () => string, error: unknown, ms: number) => void

/** An error's message holds no secret (I-32); of the path, what may hold one is left out. */
export const logCalls =
  (logger: Logger): CallObserver =>
  (call, error, ms) =>
    void silently(() => {
      const name = call()
        .replace(/[?#].*$/s, "")
        .replace(/\/\/[^/]*@/, "//")
      const end =
        error instanceof LinxioError ? `${error.name}: ${error.message}` : error === undefined ? "ok" : "failed"
      return logger.debug(`linxio ${name}: ${end}`, { ms: Math.round(ms) })
    })

/** What a logger throws, now or later, is its own affair: it must not fail the call that it was told of. */
const silently = async (log: () => unknown): Promise<void> => {
  try {
    await log()
  } catch {
    // Nobody is left to tell.
  }
}

/** With `DEBUG=linxio` in the environment, as the `debug` package reads it: everything goes to standard error. */
export const debugLogger = (): Logger | undefined => {
  const wanted = (environment("DEBUG") ?? "").split(/[\s,]+/)
  if (!wanted.some((name) => /^(\*|linxio(:?\*)?)$/.test(name))) return undefined
  const write = (message: string, details?: unknown) => console.error(message, details ?? "")
  return { debug: write, info: write, warn: write, error: write }
}
