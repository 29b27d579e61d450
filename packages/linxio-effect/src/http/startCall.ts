/** Begins a call: checks where it goes and fixes its limits, before anything is sent. */
import type * as Clock from "effect/Clock"
import type { HttpClientRequest } from "effect/http/HttpClientRequest"
import * as AuthApi from "../api/auth.ts"
import type { CallOptions } from "../CallOptions.ts"
import { retryOf, type Settings } from "../LinxioConfig.ts"
import { LinxioConfigurationError, LinxioValidationError } from "../LinxioError.ts"
import { type Call, type Limits, monotonicMs } from "../exchange/call.ts"
import { bytes, milliseconds } from "../config/checks.ts"
import { destinationOf, sentPath } from "./destination.ts"
import { withOwnBody } from "./ownBody.ts"

/** Sent without a bearer (I-33) and never twice by themselves (I-31), also when they are called by their path. */
const credentialPaths: ReadonlySet<string> = new Set(
  [AuthApi.login, AuthApi.verifyOtp, AuthApi.refresh].map(({ path }) => path)
)

/** They have no parameters: each is its own template. */
const pathsOfAuth: ReadonlySet<string> = new Set(Object.values(AuthApi.auth).map(({ path }) => path))

export const startCall = (
  config: Settings,
  options: CallOptions,
  clock: Clock.Clock,
  given: HttpClientRequest
): Call | LinxioValidationError => {
  const destination = destinationOf(config.baseUrl, given.url)
  if (destination instanceof LinxioValidationError) return destination
  const limits = limitsOf(config, options)
  if (limits instanceof LinxioValidationError) return limits
  const request = withOwnBody(given)
  if (request instanceof LinxioValidationError) return request
  const method = request.method.toUpperCase()
  const carriesCredentials = credentialPaths.has(destination.path.replace(/\/$/, ""))
  return {
    method,
    path: sentPath(config.baseUrl, destination.path),
    urlTemplate: options.urlTemplate ?? (pathsOfAuth.has(destination.path) ? destination.path : undefined),
    request,
    href: destination.href,
    // A caller that brings its own credentials is left alone: a replay would swap the principal.
    authenticated:
      !carriesCredentials && options.authenticate !== false && request.headers["authorization"] === undefined,
    bodyAs: options.bodyAs ?? "bytes",
    clock,
    startedAt: monotonicMs(clock),
    limits: carriesCredentials ? withoutRetries(limits) : limits,
    idempotent: options.idempotent ?? limits.retry.methods.includes(method),
    attempts: 0,
    hops: 0,
    adoptions: 0,
    replayed: false,
    ambiguous: false,
    failure: undefined,
    epoch: undefined,
    listener: undefined
  }
}

const withoutRetries = ({ deadlineMs, maxResponseBytes, retry, timeoutMs }: Limits): Limits => ({
  deadlineMs,
  maxResponseBytes,
  timeoutMs,
  retry: { ...retry, retries: 0 }
})

/** The limits of a call: its own, and the client's where it has none. */
export const limitsOf = (config: Settings, options: CallOptions): Limits | LinxioValidationError => {
  try {
    const { deadlineMs, maxResponseBytes, retry, timeoutMs } = options
    if (deadlineMs === undefined && maxResponseBytes === undefined && retry === undefined && timeoutMs === undefined)
      return config
    return {
      maxResponseBytes: bytes("maxResponseBytes", maxResponseBytes, config.maxResponseBytes),
      timeoutMs: milliseconds("timeoutMs", timeoutMs, config.timeoutMs),
      deadlineMs: milliseconds("deadlineMs", deadlineMs, config.deadlineMs),
      retry: retryOf(retry, config.retry)
    }
  } catch (error) {
    return error instanceof LinxioConfigurationError
      ? new LinxioValidationError([{ field: error.option, issue: error.issue }])
      : new LinxioValidationError([{ field: "options", issue: "cannot be read" }])
  }
}
