/** The options of each kind that there are. One that is misspelt would otherwise be ignored, and nobody would be told. */
import { LinxioConfigurationError, LinxioValidationError } from "linxio-effect/LinxioError"
import { type OptionNames, unknownOption } from "linxio-effect/OptionNames"
import type { CallOptions, ClientOptions, RefreshOptions, RequestOptions, RetryOptions } from "../options.ts"

const refreshNames: OptionNames<RefreshOptions> = { attemptTimeoutMs: true, deadlineMs: true }

const retryNames: OptionNames<RetryOptions> = {
  retries: true,
  delayMs: true,
  maxDelayMs: true,
  maxRetryAfterMs: true,
  onTimeout: true
}

const clientNames: OptionNames<ClientOptions> = {
  baseUrl: true,
  allowInsecure: true,
  token: true,
  refreshToken: true,
  expireAt: true,
  timeoutMs: true,
  deadlineMs: true,
  retry: true,
  refresh: true,
  retryBudget: true,
  expiryWarningsMs: true,
  fetch: true,
  store: true,
  logger: true
}

export const callNames: OptionNames<CallOptions> = { signal: true, timeoutMs: true, deadlineMs: true }

export const requestNames: OptionNames<RequestOptions> = {
  ...callNames,
  query: true,
  body: true,
  headers: true,
  retry: true,
  idempotent: true,
  authenticate: true,
  responseType: true
}

type Unknown = ReturnType<typeof unknownOption>

/** The engine takes schedules of Effect in its policies: on this surface they are no options. */
const within = (group: string, given: unknown, names: object): Unknown => {
  const unknown = given !== null && typeof given === "object" ? unknownOption(given, names) : undefined
  return unknown && { option: `${group}.${unknown.option}`, issue: unknown.issue }
}

/** Throws where the client was given an option that does not exist. */
export const checkClientNames = (given: ClientOptions): void => {
  const unknown =
    unknownOption(given, clientNames) ??
    within("retry", given.retry, retryNames) ??
    within("refresh", given.refresh, refreshNames)
  if (unknown) throw new LinxioConfigurationError(unknown)
}

/** What is wrong with the names of the options of one call. */
export const unknownIn = <Options>(given: object, names: OptionNames<Options>): LinxioValidationError | undefined => {
  if (typeof given !== "object") return new LinxioValidationError([{ field: "options", issue: "must be an object" }])
  const unknown =
    unknownOption(given, names) ?? ("retry" in given ? within("retry", given.retry, retryNames) : undefined)
  return unknown && new LinxioValidationError([{ field: unknown.option, issue: unknown.issue }])
}
