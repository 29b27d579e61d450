/** The outcome of a service method. */
import type { LinxioFailure } from "linxio-effect/LinxioError"

/**
 * The outcome of a service method, which never rejects: test `error`, and `data` narrows.
 *
 * @example
 * ```ts
 * import type { Result, User } from "linxio-js"
 *
 * const nameOf = ({ data, error }: Result<User>) => (error ? error.message : data.fullName)
 * ```
 */
export type Result<T> =
  | { readonly data: T; readonly error: null }
  | { readonly data: null; readonly error: LinxioFailure }
