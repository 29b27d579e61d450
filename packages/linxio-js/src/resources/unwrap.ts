/** Helpers for programs that prefer exceptions to results. */
import type { Page } from "linxio-effect/api/operation"
import type { LinxioFailure } from "linxio-effect/LinxioError"
import type { PageResult, Result } from "../types.ts"

/**
 * Whether a call failed.
 *
 * @function
 * @example
 * ```ts
 * import { createClient, isLinxioFailure } from "linxio-js"
 *
 * const result = await createClient().vehicles.get(1)
 * if (isLinxioFailure(result)) console.log(result.error.name) // => LinxioAuthenticationError
 * ```
 */
export const isLinxioFailure = <R extends { readonly error: LinxioFailure | null }>(
  result: R
): result is Extract<R, { readonly error: LinxioFailure }> => result.error !== null

/**
 * The data of a result; throws its error.
 *
 * @function
 * @throws LinxioError when the call failed
 * @example
 * ```ts
 * import { type LinxioClient, unwrapLinxioResult } from "linxio-js"
 *
 * const plate = async (linxio: LinxioClient) => unwrapLinxioResult(await linxio.vehicles.get(1)).regNo
 * ```
 */
export const unwrapLinxioResult = <A>({ data, error }: Result<A>): A => {
  if (error) throw error
  return data
}

/**
 * The page of a result: `data`, `page`, `limit` and `total`. Throws the error of the result.
 *
 * @function
 * @throws LinxioError when the call failed
 * @example
 * ```ts
 * import { type LinxioClient, unwrapLinxioPageResult } from "linxio-js"
 *
 * const howMany = async (linxio: LinxioClient) => unwrapLinxioPageResult(await linxio.vehicles.list()).total
 * ```
 */
export const unwrapLinxioPageResult = <A>(result: PageResult<A>): Page<A> => {
  if (result.error) throw result.error
  const { error: _, ...page } = result
  return page
}
