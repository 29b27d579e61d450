/** What the body of an answer can be read as. */

/**
 * What the body of an answer can be read as, besides JSON, and what is given then.
 *
 * @example
 * ```ts
 * import type { LinxioClient, ResponseBodies } from "linxio-js"
 *
 * const pdf = (linxio: LinxioClient): Promise<ResponseBodies["arrayBuffer"]> =>
 *   linxio.request("GET", "/reports/1", { responseType: "arrayBuffer" })
 * ```
 */
export interface ResponseBodies {
  /** The body as text. */
  readonly text: string
  /** The bytes of the body. */
  readonly arrayBuffer: ArrayBuffer
}

/**
 * The names of what the body of an answer can be read as.
 *
 * @example
 * ```ts
 * import type { ResponseType } from "linxio-js"
 *
 * const kinds: Array<ResponseType> = ["json", "text", "arrayBuffer"]
 * ```
 */
export type ResponseType = "json" | keyof ResponseBodies
