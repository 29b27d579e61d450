/** The options of each kind that there are. One that is misspelt would otherwise be ignored, and nobody would be told. */
import { optionNames } from "linxio-effect/LinxioConfig"
import { LinxioConfigurationError, LinxioValidationError } from "linxio-effect/LinxioError"
import { type OptionNames, unknownOption } from "linxio-effect/config/optionNames"
import type { CallOptions, RequestOptions } from "./CallOptions.ts"
import type { ClientOptions } from "./ClientOptions.ts"
import type { RefreshOptions } from "./RefreshOptions.ts"
import type { RetryOptions } from "./RetryOptions.ts"

const refreshNames: OptionNames<RefreshOptions> = { attemptTimeoutMs: true, deadlineMs: true }

const retryNames: OptionNames<RetryOptions> = {
  retries: true,
  delayMs: true,
  maxDelayMs: true,
  maxRetryAfterMs: true,
  onTimeout: true
}

const clientNames: OptionNames<ClientOptions> = { ...optionNames, fetch: true, store: true, logger: true }

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

/** Throws where the client was given an option that does not exist. */
export const checkClientNames = (given: ClientOptions): void => {
  const unknown =
    unknownOption(given, clientNames) ??
    // The engine takes schedules of Effect in its policies: on this surface they are no options.
    unknownOption(given.retry, retryNames, "retry.") ??
    unknownOption(given.refresh, refreshNames, "refresh.")
  if (unknown) throw new LinxioConfigurationError(unknown)
}

/** What is wrong with the names of the options of one call. */
export const unknownIn = <Options>(
  given: Options & { readonly retry?: RetryOptions | undefined },
  names: OptionNames<Options>
): LinxioValidationError | undefined => {
  if (typeof given !== "object") return new LinxioValidationError([{ field: "options", issue: "must be an object" }])
  const unknown = unknownOption(given, names) ?? unknownOption(given.retry, retryNames, "retry.")
  return unknown && new LinxioValidationError([{ field: unknown.option, issue: unknown.issue }])
}
