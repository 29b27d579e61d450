/** What a query can hold. */

/**
 * The parameters of a query, by their names. An object of any interface will do; a value that cannot be written is a `LinxioValidationError`.
 *
 * @example
 * ```ts
 * import type { QueryParameters } from "linxio-js"
 *
 * interface Page {
 *   readonly page: number
 *   readonly fields?: ReadonlyArray<string>
 * }
 * const first: Page = { page: 1, fields: ["id"] }
 * const query: QueryParameters = first
 * ```
 */
export type QueryParameters =
  | Readonly<Record<string, QueryValue | ReadonlyArray<QueryValue>>>
  // An interface has no index signature, so that it fits no record; a list is no query.
  | (object & { readonly [Symbol.iterator]?: never })

/**
 * A value in a query; null and undefined are left out.
 *
 * @example
 * ```ts
 * import type { QueryValue } from "linxio-js"
 *
 * const values: Array<QueryValue> = ["text", 1, true, new Date(0), undefined]
 * ```
 */
export type QueryValue = string | number | boolean | Date | null | undefined
