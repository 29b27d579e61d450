/**
 * The error family: one base class, one subclass per kind of failure, each with `_tag` and `name`
 * equal to its class name, so that `instanceof`, `error.name` and `Effect.catchTag` all work.
 *
 * These are plain `Error` classes without an Effect type in them: the Promise facade publishes the
 * very same classes. What a constructor is given must already be scrubbed (`errors/scrub.ts`);
 * no error holds a request, a header or a secret (I-32).
 */
import type { LinxioApiError, LinxioAuthenticationError, LinxioDecodeError } from "./errors/answer.ts"
import type { LinxioAbortError, LinxioStoreError, LinxioValidationError } from "./errors/local.ts"
import type { LinxioNetworkError, LinxioTimeoutError } from "./errors/network.ts"

export {
  type ApiFacts,
  type AuthenticationReason,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioDecodeError,
  type SessionEnd
} from "./errors/answer.ts"
export { type CallFacts, LinxioError } from "./errors/base.ts"
export {
  LinxioAbortError,
  LinxioConfigurationError,
  LinxioStoreError,
  LinxioValidationError,
  type ValidationIssue
} from "./errors/local.ts"
export { LinxioNetworkError, LinxioTimeoutError, type TimeoutPhase } from "./errors/network.ts"

/** Everything that a call can fail with: the error channel of each effect in this package. */
export type LinxioFailure =
  | LinxioValidationError
  | LinxioNetworkError
  | LinxioTimeoutError
  | LinxioAbortError
  | LinxioApiError
  | LinxioAuthenticationError
  | LinxioDecodeError
  | LinxioStoreError
