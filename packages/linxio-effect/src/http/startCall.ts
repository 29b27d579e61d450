/** Starts a call: checks its URL and determines its limits before anything is sent. */
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

/** Endpoints that are sent without a bearer token (I-33) and never retried automatically (I-31), also when called by their path. */
const credentialPaths: ReadonlySet<string> = new Set(
  [AuthApi.login, AuthApi.verifyOtp, AuthApi.refresh].map(({ path }) => path)
)

/** Their paths have no parameters: each is its own template. */
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
    // A request with the caller's own credentials is not replayed: the replay would be sent as another user.
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

/** The limits of a call: its own, or else the client's. */
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
