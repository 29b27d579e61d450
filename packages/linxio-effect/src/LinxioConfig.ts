/**
 * The options of a client, their defaults, and the one place where they are checked.
 */
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import type { Headers } from "effect/http/Headers"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { baseUrlOf } from "./config/baseUrl.ts"
import { atLeastZero, bytes, count, milliseconds, refuse } from "./config/checks.ts"
import { type Credentials, credentialsOf } from "./config/credentials.ts"
import { LinxioConfigurationError, LinxioValidationError } from "./LinxioError.ts"
import { variables } from "./config/environment.ts"
import { type HeadersInput, headersForAll } from "./config/headers.ts"
import type { OptionNames } from "./config/optionNames.ts"
import { ownOptions } from "./config/ownOptions.ts"
import { type Configured, resolve } from "./config/resolve.ts"
import * as RetryPolicy from "./RetryPolicy.ts"
import * as SessionTokens from "./session/SessionTokens.ts"

/**
 * The options of a client; all are optional.
 *
 * @example
 * ```ts
 * import { Linxio, type LinxioOptions } from "linxio-effect"
 *
 * const options: LinxioOptions = { timeoutMs: 10_000, deadlineMs: 60_000, retry: { retries: 5 } }
 * const layer = Linxio.layer(options)
 * ```
 */
export interface LinxioOptions {
  /** The URL of the API. Tokens are sent to no other address. @default "https://api.linxio.com/api" (source: Linxio's public API page) */
  readonly baseUrl?: string | URL | undefined
  /** Allows plain http to a host other than loopback. Tokens are then sent unencrypted. @default false */
  readonly allowInsecure?: boolean | undefined
  /** An access token of a session that was saved earlier. */
  readonly token?: string | Redacted.Redacted | undefined
  /** Its refresh token. */
  readonly refreshToken?: string | Redacted.Redacted | undefined
  /** When the access token expires. Needed only if the token itself does not contain this time. */
  readonly expireAt?: string | number | Date | undefined
  /** The time limit of each wait in a call: one attempt with its body, or a shared refresh. Milliseconds, 1 to 2147483647. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** The time limit of a whole call: attempts, waits and refreshes together. Milliseconds, 1 to 2147483647. @default 120000 */
  readonly deadlineMs?: number | undefined
  /** The maximum size of a response body after decompression; does not apply to streamed bodies. Bytes, 1 to 536870888. @default 67108864, 64 MiB */
  readonly maxResponseBytes?: number | undefined
  /** How calls are retried. @default `RetryPolicy.defaults` */
  readonly retry?: RetryPolicy.RetryOptions | undefined
  /** How a refresh is retried, and its cooldown after a failure. @default `RetryPolicy.refreshDefaults` */
  readonly refresh?:
    | { readonly [K in keyof RetryPolicy.RefreshPolicy]?: RetryPolicy.RefreshPolicy[K] | undefined }
    | undefined
  /** The size of the retry budget: a retry spends one, a successful call restores one. A whole number, 0 or more. @default 1000 */
  readonly retryBudget?: number | undefined
  /** How long before the refresh token expires the change `sessionExpiring` is emitted, in milliseconds. @default [7 days, 24 hours] */
  readonly expiryWarningsMs?: ReadonlyArray<number> | undefined
  /** Headers of every request, sign-in and refresh included. Headers of a call override them. Headers of the session, of a single request or of the connection are refused. */
  readonly headers?: HeadersInput | undefined
  /**
   * Gives the credentials for an automatic sign-in, which takes place when no refresh can bring the session back: once for all clients of a store, and never
   * after a refusal or a sign-out. Run for each sign-in, for at most 30 seconds; what it gives is not kept, and a failure becomes a
   * `LinxioValidationError` without its message. `Credentials` has an example with a service. @default no automatic sign-in
   */
  readonly credentials?: Effect.Effect<Credentials, unknown> | undefined
  /**
   * Refreshes shortly before the access token expires, also when nothing is called; one client of a store does it for all. Needs a session whose expiry
   * is known. Does not keep the process alive. @default false
   */
  readonly keepAlive?: boolean | undefined
}

/** The checked options, with every default filled in. */
export interface Settings {
  /** Ends with a slash. */
  readonly baseUrl: URL
  /** The time limit of one attempt or one wait, in milliseconds. */
  readonly timeoutMs: number
  /** The time limit of a whole call, in milliseconds. */
  readonly deadlineMs: number
  /** The maximum size of a response body that is not streamed, in bytes. */
  readonly maxResponseBytes: number
  /** How calls are retried. */
  readonly retry: RetryPolicy.RetryPolicy
  /** How a refresh is retried. */
  readonly refresh: RetryPolicy.RefreshPolicy
  /** The size of the retry budget. */
  readonly retryBudget: number
  /** How long before the refresh token expires `sessionExpiring` is emitted, in milliseconds. */
  readonly expiryWarningsMs: ReadonlyArray<number>
  /** The headers of every request. Redacted, because one may be a secret. */
  readonly headers: Redacted.Redacted<Headers> | undefined
  /** Gives the credentials for an automatic sign-in. A function, because a printed effect may show them. */
  readonly credentials: (() => Effect.Effect<Credentials, unknown>) | undefined
  /** Whether to refresh also when nothing is called. */
  readonly keepAlive: boolean
  /** The session to begin with, as it was given. */
  readonly tokens: SessionTokens.TokenInput | undefined
}

/**
 * The settings of the client as a service.
 *
 * @example
 * ```ts
 * import { LinxioConfig } from "linxio-effect"
 *
 * const baseUrl = LinxioConfig.useSync((settings) => settings.baseUrl.href)
 * ```
 */
export class LinxioConfig extends Context.Service<LinxioConfig, Settings>()("linxio-effect/LinxioConfig") {
  /** The settings from these options. */
  static readonly layer = (options: LinxioOptions = {}): Layer.Layer<LinxioConfig, LinxioConfigurationError> =>
    Layer.effect(
      LinxioConfig,
      Effect.suspend(() => Effect.fromResult(make(options)))
    )

  /** For tests: the same, with a base URL on which no server answers. */
  static readonly layerTest = (options: LinxioOptions = {}): Layer.Layer<LinxioConfig, LinxioConfigurationError> =>
    LinxioConfig.layer({ ...options, baseUrl: options.baseUrl ?? "https://linxio.test/api" })
}

/** Linxio's public service. */
export const defaultBaseUrl = "https://api.linxio.com/api"

/** The names of all options. */
export const optionNames: OptionNames<LinxioOptions> = {
  baseUrl: true,
  allowInsecure: true,
  token: true,
  refreshToken: true,
  expireAt: true,
  timeoutMs: true,
  deadlineMs: true,
  maxResponseBytes: true,
  retry: true,
  refresh: true,
  retryBudget: true,
  expiryWarningsMs: true,
  headers: true,
  credentials: true,
  keepAlive: true
}

const retryNames: OptionNames<RetryPolicy.RetryPolicy> = { ...RetryPolicy.defaults, schedule: true }

/** Checks the options and fills in the defaults. */
export const make = (options: LinxioOptions = {}): Result.Result<Settings, LinxioConfigurationError> =>
  reading(() => settingsOf(options))

const reading = <A>(read: () => A): Result.Result<A, LinxioConfigurationError> =>
  Result.try({
    try: read,
    catch: (error) =>
      error instanceof LinxioConfigurationError
        ? error
        : new LinxioConfigurationError({ option: "options", issue: "cannot be read" })
  })

const settingsOf = (given: LinxioOptions): Settings => {
  const options = ownOptions(given, optionNames)
  const timeoutMs = milliseconds("timeoutMs", options.timeoutMs, 30_000)
  return {
    baseUrl: baseUrlOf(options.baseUrl ?? defaultBaseUrl, options.allowInsecure === true),
    timeoutMs,
    deadlineMs: milliseconds("deadlineMs", options.deadlineMs, 120_000),
    maxResponseBytes: bytes("maxResponseBytes", options.maxResponseBytes, 64 * 1024 * 1024),
    retry: retryOf(options.retry),
    refresh: refreshOf(options.refresh, timeoutMs),
    retryBudget: count("retryBudget", options.retryBudget, 1000),
    expiryWarningsMs: warningsOf(options.expiryWarningsMs),
    headers: headersForAll(options.headers),
    credentials: credentialsOf(options.credentials),
    keepAlive: options.keepAlive === true,
    tokens: tokensOf(options)
  }
}

/** Checks a retry policy, of a client or of one call; `base` fills in what it leaves out. */
export const retryOf = (
  given: RetryPolicy.RetryOptions | undefined,
  base: RetryPolicy.RetryPolicy = RetryPolicy.defaults
): RetryPolicy.RetryPolicy => {
  if (given === undefined) return base
  const retry = ownOptions(given, retryNames, "retry.")
  const schedule = scheduleOf("retry.schedule", retry.schedule, base.schedule)
  return {
    retries: count("retry.retries", retry.retries, base.retries),
    delayMs: atLeastZero("retry.delayMs", retry.delayMs, base.delayMs),
    maxDelayMs: atLeastZero("retry.maxDelayMs", retry.maxDelayMs, base.maxDelayMs),
    maxRetryAfterMs: atLeastZero("retry.maxRetryAfterMs", retry.maxRetryAfterMs, base.maxRetryAfterMs),
    onTimeout: retry.onTimeout ?? base.onTimeout,
    statuses: retry.statuses ?? base.statuses,
    methods: retry.methods?.map((method) => method.toUpperCase()) ?? base.methods,
    ...(schedule && { schedule })
  }
}

const scheduleOf = <Fallback>(option: string, schedule: unknown, fallback: Fallback): RetryPolicy.Waits | Fallback => {
  if (schedule === undefined) return fallback
  if (!RetryPolicy.isWaits(schedule)) refuse(option, "must be a Schedule of Effect")
  return schedule
}

const refreshOf = (given: LinxioOptions["refresh"] = {}, timeoutMs: number): RetryPolicy.RefreshPolicy => {
  const base = RetryPolicy.refreshDefaults
  const refresh = ownOptions<NonNullable<LinxioOptions["refresh"]>>(given, base, "refresh.")
  return {
    retries: count("refresh.retries", refresh.retries, base.retries),
    schedule: scheduleOf("refresh.schedule", refresh.schedule, base.schedule),
    cooldown: scheduleOf("refresh.cooldown", refresh.cooldown, base.cooldown),
    attemptTimeoutMs: Math.min(
      timeoutMs,
      milliseconds("refresh.attemptTimeoutMs", refresh.attemptTimeoutMs, base.attemptTimeoutMs)
    ),
    deadlineMs: milliseconds("refresh.deadlineMs", refresh.deadlineMs, base.deadlineMs)
  }
}

const warningsOf = (given: LinxioOptions["expiryWarningsMs"] = [7 * 86_400_000, 86_400_000]): ReadonlyArray<number> => {
  if (!Array.isArray(given)) refuse("expiryWarningsMs", "must be a list of milliseconds such as [86400000]")
  return given.map((warning) => atLeastZero("expiryWarningsMs", warning, 0))
}

const tokensOf = ({ expireAt, refreshToken, token }: LinxioOptions): SessionTokens.TokenInput | undefined => {
  if (!token && !refreshToken) return undefined
  const tokens = SessionTokens.make({ token, refreshToken, expireAt }, { now: 0, fresh: false })
  if (tokens instanceof LinxioValidationError) {
    for (const { field, issue } of tokens.issues) refuse(field, issue)
  }
  // Redacted: the settings are a service, which any program can print.
  return { token: redacted(token), refreshToken: redacted(refreshToken), expireAt }
}

const redacted = (secret: string | Redacted.Redacted | undefined): Redacted.Redacted | undefined =>
  typeof secret === "string" ? Redacted.make(secret) : secret

/**
 * The options that the environment can give: `LINXIO_BASE_URL`, `LINXIO_ALLOW_INSECURE`, `LINXIO_TOKEN`,
 * `LINXIO_REFRESH_TOKEN`, `LINXIO_EXPIRE_AT`, `LINXIO_TIMEOUT_MS`, `LINXIO_DEADLINE_MS`.
 */
export const fromEnvironment = (): Config.Config<LinxioOptions> => Config.all(variables())

/** The options of `layerConfig`: each a value or a `Config` of one. A `Config` of credentials is not read here, but for each sign-in. */
export type ConfiguredOptions = Configured<Omit<LinxioOptions, "credentials">> & Pick<LinxioOptions, "credentials">

/** The options that were given, as values or as `Config`; what is left out or undefined is the environment's. */
export const withEnvironment = (
  given: ConfiguredOptions
): Effect.Effect<LinxioOptions, LinxioConfigurationError | Config.ConfigError> =>
  Effect.flatMap(
    Effect.fromResult(reading(() => ownOptions<ConfiguredOptions>(given, optionNames))),
    ({ credentials, ...own }) =>
      Effect.map(resolve<LinxioOptions>(own, variables()), (options) => ({ ...options, credentials }))
  )
