/** The types of a response body. */

/**
 * The result of `request` for each `responseType` other than `json`.
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
  /** The bytes of the body, with its content type. */
  readonly blob: Blob
  /** The bytes as they arrive. Errors with a `LinxioError` when the connection breaks, the signal aborts, or the client is closed. */
  readonly stream: ReadableStream<Uint8Array>
  /** A `Response` with status, headers, and such a stream as its body. */
  readonly raw: Response
}

/**
 * How to read a response body.
 *
 * @example
 * ```ts
 * import type { ResponseType } from "linxio-js"
 *
 * const kinds: Array<ResponseType> = ["json", "text", "arrayBuffer", "blob", "stream", "raw"]
 * ```
 */
export type ResponseType = "json" | keyof ResponseBodies
