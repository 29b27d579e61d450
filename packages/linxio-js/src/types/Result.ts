/** The outcome of a service method. */
import type { Page } from "linxio-effect/api/operation"
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

/**
 * The outcome of a list, which never rejects: test `error`, and `data` narrows. `page`, `limit` and `total` are beside `data` and also in `meta`.
 *
 * @example
 * ```ts
 * import type { PageResult, Vehicle } from "linxio-js"
 *
 * const tell = ({ data, error, meta, total }: PageResult<Vehicle>) =>
 *   error ? error.message : `${data.length} of ${total}, ${meta.invalid?.length ?? 0} unreadable`
 * ```
 */
export type PageResult<T> =
  | (Page<T> & { readonly error: null })
  | {
      readonly data: null
      readonly error: LinxioFailure
      readonly meta: null
      readonly page?: undefined
      readonly limit?: undefined
      readonly total?: undefined
      readonly aggregations?: undefined
      readonly additionalFields?: undefined
    }
