/** Reports session changes and call outcomes to observers and loggers. Contains no secret, except for observers with `persist: true`. */
import type { SessionChange as Change } from "linxio-effect"
import { LinxioAuthenticationError } from "linxio-effect/LinxioError"
import type { Logger } from "../options.ts"
import type { ClientEvent, SessionChange } from "../types.ts"
import { environment } from "./environment.ts"
import { sessionDataOf } from "../types/sessionData.ts"

export const publicChange = (change: Change, persist: boolean): SessionChange => {
  const { at } = change
  switch (change.type) {
    case "signedIn": {
      const { automatic, tokens } = change
      return {
        type: change.type,
        at,
        ...(automatic && { automatic }),
        ...(persist && { session: sessionDataOf(tokens) })
      }
    }
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

/** Logs calls, attempts and retries with their facts. The message of an error contains no secret (I-32). */
export const logCalls =
  (logger: Logger) =>
  (event: ClientEvent): unknown => {
    switch (event.type) {
      case "attempt": {
        const { attempt, errorType, method, path, status } = event
        return logger.debug(`linxio ${method} ${path}: attempt ${attempt}: ${errorType ?? status}`, factsOf(event))
      }
      case "retry":
        return logger.info(`linxio retry in ${Math.round(event.delayMs)} ms: ${event.error.message}`, factsOf(event))
      case "call": {
        const { error, method, name, path } = event
        const subject = name === "request" && method ? `${method} ${path}` : name
        // The caller aborted the call itself: not worth a warning.
        const level = error && error.name !== "LinxioAbortError" ? "warn" : "debug"
        return logger[level](`linxio ${subject}: ${error ? `${error.name}: ${error.message}` : "ok"}`, factsOf(event))
      }
      default:
        return undefined
    }
  }

/** The facts of an event. Of an error only its name and reason: the log message states the rest. */
const factsOf = (event: ClientEvent): object => {
  const { type: _, ...facts } = event
  const error = "error" in event ? event.error : undefined
  return {
    ...facts,
    ...("durationMs" in facts && { durationMs: Math.round(facts.durationMs) }),
    ...(error && { error: error.name, ...(error instanceof LinxioAuthenticationError && { reason: error.reason }) })
  }
}

/** With `DEBUG=linxio` in the environment, as the `debug` package reads it: everything goes to standard error. */
export const debugLogger = (): Logger | undefined => {
  const wanted = (environment("DEBUG") ?? "").split(/[\s,]+/)
  if (!wanted.some((name) => /^(\*|linxio(:?\*)?)$/.test(name))) return undefined
  const write = (message: string, details?: unknown) => console.error(message, details ?? "")
  return { debug: write, info: write, warn: write, error: write }
}
