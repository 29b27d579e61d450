/** Begins a call: checks where it goes and fixes its limits, before anything is sent. */
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as AuthShapes from "../api/AuthShapes.ts"
import type { CallOptions } from "../CallOptions.ts"
import { retryOf, type Settings } from "../LinxioConfig.ts"
import { LinxioConfigurationError, LinxioValidationError } from "../LinxioError.ts"
import type { Call } from "./call.ts"
import { milliseconds } from "./checks.ts"
import { destinationOf } from "./destination.ts"

/** Sent without a bearer (I-33) and never twice by themselves (I-31), also when they are called by their path. */
const credentialPaths: ReadonlySet<string> = new Set([
  AuthShapes.routes.login.path,
  AuthShapes.routes.verifyOtp.path,
  AuthShapes.routes.refresh.path
])

export interface Started {
  readonly call: Call
  readonly request: HttpClientRequest.HttpClientRequest
  readonly authenticated: boolean
}

export const startCall = (
  config: Settings,
  options: CallOptions,
  startedAt: number,
  given: HttpClientRequest.HttpClientRequest
): Started | LinxioValidationError => {
  const destination = destinationOf(config.baseUrl, given.url)
  if (destination instanceof LinxioValidationError) return destination
  const limits = limitsOf(config, options)
  if (limits instanceof LinxioValidationError) return limits
  const method = given.method.toUpperCase()
  const authorization = given.headers["authorization"]
  const carriesCredentials = credentialPaths.has(destination.path.replace(/\/$/, ""))
  const retry = carriesCredentials ? { ...limits.retry, retries: 0 } : limits.retry
  const call: Call = {
    method,
    path: destination.path,
    body: given.body,
    bodyAs: options.bodyAs ?? "bytes",
    authorization,
    startedAt,
    deadlineAt: startedAt + limits.deadlineMs,
    timeoutMs: limits.timeoutMs,
    deadlineMs: limits.deadlineMs,
    retry,
    idempotent: options.idempotent ?? retry.methods.includes(method),
    attempts: 0,
    replayed: false,
    ambiguous: false,
    epoch: undefined
  }
  return {
    call,
    request: HttpClientRequest.setUrl(given, destination.href),
    // A caller that brings its own credentials is left alone: a replay would swap the principal.
    authenticated: !carriesCredentials && options.authenticate !== false && authorization === undefined
  }
}

/** The limits of a call: its own, and the client's where it has none. */
export const limitsOf = (
  config: Settings,
  options: CallOptions
): Pick<Settings, "deadlineMs" | "retry" | "timeoutMs"> | LinxioValidationError => {
  try {
    return {
      timeoutMs: milliseconds("timeoutMs", options.timeoutMs, config.timeoutMs),
      deadlineMs: milliseconds("deadlineMs", options.deadlineMs, config.deadlineMs),
      retry: retryOf(options.retry, config.retry)
    }
  } catch (error) {
    return error instanceof LinxioConfigurationError
      ? new LinxioValidationError([{ field: error.option, issue: error.issue }])
      : new LinxioValidationError([{ field: "options", issue: "cannot be read" }])
  }
}

/** Whether the same body can be sent a second time. */
export const isReplayable = ({ body }: Call): boolean =>
  body._tag !== "Stream" && !(body._tag === "Raw" && isStream(body.body))

const isStream = (body: unknown): boolean =>
  body !== null && typeof body === "object" && ("getReader" in body || Symbol.asyncIterator in body)
