/** The names of all options, and hints for names that other libraries use. */
import { optionNames } from "linxio-effect/LinxioConfig"
import type { OptionNames } from "linxio-effect/config/optionNames"
import type { CallOptions, FileOptions, ListOptions, MeOptions, StreamOptions } from "./CallOptions.ts"
import type { ClientOptions } from "./ClientOptions.ts"
import type { RefreshOptions } from "./RefreshOptions.ts"
import type { RequestOptions } from "./RequestOptions.ts"
import type { RetryOptions } from "./RetryOptions.ts"

export const refreshNames: OptionNames<RefreshOptions> = { attemptTimeoutMs: true, deadlineMs: true }

export const retryNames: OptionNames<RetryOptions> = {
  retries: true,
  delayMs: true,
  maxDelayMs: true,
  maxRetryAfterMs: true,
  onTimeout: true
}

export const clientNames: OptionNames<ClientOptions> = { ...optionNames, fetch: true, store: true, logger: true }

export const callNames: OptionNames<CallOptions> = { signal: true, timeoutMs: true, deadlineMs: true }

export const fileNames: OptionNames<FileOptions> = { ...callNames, onProgress: true }

export const listNames: OptionNames<ListOptions> = { ...callNames, strict: true }

export const streamNames: OptionNames<StreamOptions> = { ...listNames, prefetch: true, onInvalid: true }

export const meNames: OptionNames<MeOptions> = { ...callNames, fields: true }

export const requestNames: OptionNames<RequestOptions> = {
  ...fileNames,
  query: true,
  params: true,
  body: true,
  headers: true,
  idempotencyKey: true,
  retry: true,
  idempotent: true,
  authenticate: true,
  skipAuth: true,
  responseType: true,
  maxResponseBytes: true
}

const retries = "did you mean retry.retries?"

/** Hints for names that are not misspellings (F-35). */
export const hints: Readonly<Record<string, string>> = {
  url: "did you mean baseUrl?",
  apiKey: "Linxio has none; give token and refreshToken, or sign in with auth.login",
  retries,
  maxRetries: retries,
  "retry.maxRetries": retries,
  "retry.retryUnsafeMethods": "set idempotent: true on the calls that may be repeated"
}
