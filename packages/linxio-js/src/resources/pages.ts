/** All pages of a list that the caller loads page by page: for lists that this SDK does not know. */
import type { ListParams } from "linxio-effect/api/operation"
import { isFailure } from "linxio-effect/LinxioError"
import { type Step, walk } from "linxio-effect/resources/pages"
import type { PageResult, Result } from "../types.ts"
import { unwrapLinxioPageResult } from "./unwrap.ts"

/** Loads one page. */
type LoadPage<T, Params> = (params: Params) => Promise<PageResult<T>>

/**
 * The records of all pages of a list, one by one. A page is loaded when the loop reaches it. The list ends as `stream` of a resource does: with an empty
 * page, with a page that repeats the first one or the one before, with the `total`, and without a `total` with a page shorter than its `limit`. Throws the error of a page.
 *
 * @param load loads the page that `params.page` names.
 * @param params the parameters of the first page. @default the first page, of the server's size
 * @example
 * ```ts
 * import { type LinxioClient, streamPages } from "linxio-js"
 *
 * const all = (linxio: LinxioClient) => streamPages((params) => linxio.vehicles.list(params), { limit: 100 })
 * ```
 */
export async function* streamPages<T, Params extends ListParams>(
  load: LoadPage<T, Params>,
  params?: Params
): AsyncGenerator<T, void, undefined> {
  const next = walk(params)
  let asked: ListParams<string> | undefined = params ?? {}
  while (asked) {
    // A cast: what `walk` returns is the caller's parameters with another `page`.
    const step: Step<T> = next(unwrapLinxioPageResult(await load(asked as Params)))
    yield* step.page.data
    asked = step.asked
  }
}

/**
 * The same as one result. It never rejects with an error of this SDK; anything else that `load` throws is the caller's own and is thrown again.
 *
 * @param load loads the page that `params.page` names.
 * @param params the parameters of the first page. @default the first page, of the server's size
 * @example
 * ```ts
 * import { collectPages, type LinxioClient } from "linxio-js"
 *
 * const all = async (linxio: LinxioClient) => (await collectPages((params) => linxio.vehicles.list(params))).data
 * ```
 */
export const collectPages = async <T, Params extends ListParams>(
  load: LoadPage<T, Params>,
  params?: Params
): Promise<Result<Array<T>>> => {
  const data: Array<T> = []
  try {
    for await (const record of streamPages(load, params)) data.push(record)
    return { data, error: null }
  } catch (error) {
    if (isFailure(error)) return { data: null, error }
    throw error
  }
}
