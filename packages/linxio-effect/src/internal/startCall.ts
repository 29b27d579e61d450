/** Begins a call: checks where it goes and fixes its limits, before anything is sent. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as AuthShapes from "../api/AuthShapes.ts"
import { type CallOptions, CurrentCallOptions } from "../CallOptions.ts"
import { milliseconds, retryOf, type Settings } from "../LinxioConfig.ts"
import { LinxioConfigurationError, LinxioValidationError } from "../LinxioError.ts"
import type { Call } from "./call.ts"
import { destinationOf } from "./destination.ts"

/** Sent without a bearer (I-33) and never twice by themselves (I-31), also when they are called by their path. */
const credentialPaths: ReadonlySet<string> = new Set([
  AuthShapes.routes.login.path,
  AuthShapes.routes.verifyOtp.path,
  AuthShapes.routes.refresh.path
])

export const startCall = (config: Settings, given: HttpClientRequest.HttpClientRequest) =>
  Effect.gen(function* () {
    const options = yield* CurrentCallOptions
    const startedAt = yield* Clock.currentTimeMillis
    const destination = destinationOf(config.baseUrl, given.url)
    if (destination instanceof LinxioValidationError) return yield* Effect.fail(destination)
    const limits = yield* limitsOf(config, options)
    const method = given.method.toUpperCase()
    const carriesCredentials = credentialPaths.has(destination.path.replace(/\/$/, ""))
    if (carriesCredentials) limits.retry = { ...limits.retry, retries: 0 }
    const call: Call = {
      method,
      path: destination.path,
      body: given.body,
      authorization: given.headers["authorization"],
      startedAt,
      deadlineAt: startedAt + limits.deadlineMs,
      ...limits,
      idempotent: options.idempotent ?? limits.retry.methods.includes(method),
      attempts: 0,
      replayed: false,
      ambiguous: false,
      epoch: undefined
    }
    return {
      call,
      request: HttpClientRequest.setUrl(given, destination.url.href),
      // A caller that brings its own credentials is left alone: a replay would swap the principal.
      authenticated:
        !carriesCredentials && options.authenticate !== false && given.headers["authorization"] === undefined
    }
  })

/** The limits of a call: its own, and the client's where it has none. */
export const limitsOf = (config: Settings, options: CallOptions) =>
  Effect.try({
    try: () => ({
      timeoutMs: milliseconds("timeoutMs", options.timeoutMs, config.timeoutMs),
      deadlineMs: milliseconds("deadlineMs", options.deadlineMs, config.deadlineMs),
      retry: retryOf(options.retry, config.retry)
    }),
    catch: asValidationError
  })

const asValidationError = (error: unknown): LinxioValidationError =>
  error instanceof LinxioConfigurationError
    ? new LinxioValidationError([{ field: error.option, issue: error.issue }])
    : new LinxioValidationError([{ field: "options", issue: "cannot be read" }])

/** Whether the same body can be sent a second time. */
export const isReplayable = ({ body }: Call): boolean =>
  body._tag !== "Stream" && !(body._tag === "Raw" && isStream(body.body))

const isStream = (body: unknown): boolean =>
  body !== null && typeof body === "object" && ("getReader" in body || Symbol.asyncIterator in body)
