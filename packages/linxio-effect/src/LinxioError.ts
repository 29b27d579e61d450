/**
 * The error family: one base class, one subclass per kind of failure, each with `_tag` and `name`
 * equal to its class name, so that `instanceof`, `error.name` and `Effect.catchTag` all work.
 *
 * These are plain `Error` classes without an Effect type in them: the Promise facade publishes the
 * very same classes. What a constructor is given must already be scrubbed (`errors/scrub.ts`);
 * no error holds a request, a header or a secret (I-32).
 */
import "./errors/inEffect.ts"
import type { LinxioApiError, LinxioDecodeError } from "./errors/answer.ts"
import type { LinxioAuthenticationError } from "./errors/authentication.ts"
import { LinxioError } from "./errors/base.ts"
import {
  type LinxioAbortError,
  LinxioConfigurationError,
  type LinxioStoreError,
  type LinxioValidationError
} from "./errors/local.ts"
import type { LinxioNetworkError, LinxioTimeoutError } from "./errors/network.ts"

export { type ApiFacts, LinxioApiError, LinxioDecodeError } from "./errors/answer.ts"
export {
  type AuthenticationReason,
  LinxioAuthenticationError,
  type RefusedAnswer,
  type SessionEnd
} from "./errors/authentication.ts"
export { type CallFacts, LinxioError } from "./errors/base.ts"
export { LinxioAbortError, LinxioConfigurationError, LinxioStoreError, LinxioValidationError } from "./errors/local.ts"
export type { ValidationIssue } from "./errors/issues.ts"
export { LinxioNetworkError, LinxioTimeoutError, type TimeoutPhase } from "./errors/network.ts"

/**
 * Everything that a call can fail with, as a closed union: `switch (error._tag)` narrows, and the compiler knows when every case is there.
 *
 * @example
 * ```ts
 * import type { LinxioFailure } from "linxio-js"
 *
 * const statusOf = (failure: LinxioFailure) => (failure._tag === "LinxioApiError" ? failure.status : undefined)
 * ```
 */
export type LinxioFailure =
  | LinxioValidationError
  | LinxioNetworkError
  | LinxioTimeoutError
  | LinxioAbortError
  | LinxioApiError
  | LinxioAuthenticationError
  | LinxioDecodeError
  | LinxioStoreError

/** Whether a call can have failed with it: with every error of the SDK but the one that `createClient` throws. */
export const isFailure = (error: unknown): error is LinxioFailure =>
  error instanceof LinxioError && !(error instanceof LinxioConfigurationError)
