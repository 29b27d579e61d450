/** The options of every call. */
import type { InvalidRecord } from "linxio-effect/api/operation"
import type { Progress } from "linxio-effect/CallOptions"

/**
 * Options of one call. An option that is left out has the client's value. An unknown option is a `LinxioValidationError` that names it.
 *
 * @example
 * ```ts
 * import { createClient, type CallOptions } from "linxio-js"
 *
 * const quick: CallOptions = { timeoutMs: 2_000, deadlineMs: 5_000 }
 * const { error } = await createClient().auth.me(quick)
 * console.log(error?.name) // => LinxioAuthenticationError
 * ```
 */
export interface CallOptions {
  /**
   * Aborts the call: it settles at once with a `LinxioAbortError` that carries the signal's reason.
   *
   * @default nothing aborts it
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { error } = await createClient().auth.me({ signal: AbortSignal.abort("too late") })
   * console.log(error?.name) // => LinxioAbortError
   * ```
   */
  readonly signal?: AbortSignal | undefined
  /**
   * The time limit of each wait in this call: one attempt with its body, or a shared refresh. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const report = (linxio: LinxioClient) => linxio.request("GET", "/reports/fuel", { timeoutMs: 90_000 })
   * ```
   */
  readonly timeoutMs?: number | undefined
  /**
   * The time limit of the whole call: attempts, waits and refreshes together. Milliseconds, 1 to 2147483647.
   *
   * @default the client's
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const quickly = (linxio: LinxioClient) => linxio.request("GET", "/vehicles/count", { deadlineMs: 3_000 })
   * ```
   */
  readonly deadlineMs?: number | undefined
}

/**
 * Options of a call that downloads a file.
 *
 * @example
 * ```ts
 * import type { FileOptions, LinxioClient } from "linxio-js"
 *
 * const options: FileOptions = { onProgress: ({ received, total }) => console.log(received, total) }
 * const pdf = (linxio: LinxioClient) => linxio.digitalForms.answerPdf(1, options)
 * ```
 */
export interface FileOptions extends CallOptions {
  /**
   * Is told of each chunk of the body of a successful response: the bytes that have arrived, after decompression, and the total if the server says it.
   * Starts again at 0 when the call is retried. Never called after the call has ended. What it throws is ignored. There is no such report for uploads,
   * because no runtime says how much of them has arrived, and none where a custom `fetch` gives no stream.
   *
   * @default none
   * @example
   * ```ts
   * import type { LinxioClient, Progress } from "linxio-js"
   *
   * const show = ({ received, total }: Progress) => console.log(total ? received / total : received)
   * const download = (linxio: LinxioClient) =>
   *   linxio.request("GET", "/digital-form/answer/1/pdf", { responseType: "blob", onProgress: show })
   * ```
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * Options of a list call.
 *
 * @example
 * ```ts
 * import type { LinxioClient, ListOptions } from "linxio-js"
 *
 * const options: ListOptions = { strict: true, timeoutMs: 10_000 }
 * const all = (linxio: LinxioClient) => linxio.vehicles.iterate({ fields: ["id", "regNo"] }, options)
 * ```
 */
export interface ListOptions extends CallOptions {
  /** True: a record that cannot be read fails the call with a `LinxioDecodeError`. False: it is left out and listed in `meta.invalid`. @default false */
  readonly strict?: boolean | undefined
}

/**
 * Options of a list that is read as a stream.
 *
 * @example
 * ```ts
 * import type { LinxioClient, StreamOptions } from "linxio-js"
 *
 * const options: StreamOptions = { prefetch: true }
 * const all = (linxio: LinxioClient) => linxio.vehicles.stream({ limit: 100 }, options)
 * ```
 */
export interface StreamOptions extends ListOptions {
  /** True requests the next page while the loop reads the current one; the request is aborted when the loop ends early. @default false */
  readonly prefetch?: boolean | undefined
  /**
   * Is told of each record that could not be read and was left out; its index counts from the first record of the stream. What it throws ends the loop.
   * @default a warning to the client's logger
   */
  readonly onInvalid?: ((record: InvalidRecord) => void) | undefined
}

/**
 * Options of `auth.me`.
 *
 * @example
 * ```ts
 * import type { MeOptions } from "linxio-js"
 *
 * const short: MeOptions = { fields: ["id", "email"] }
 * ```
 */
export interface MeOptions extends CallOptions {
  /**
   * The names of the fields to request.
   *
   * @default the fields that Linxio returns by default
   */
  readonly fields?: ReadonlyArray<string> | undefined
}
