/** The methods of a domain, derived from its operations: the arguments of the operation, then options. */
import type { AnswerOf, ArgumentsOf, Page } from "linxio-effect/api/operation"
import type { Files, Paged, PagingName, RecordOf } from "linxio-effect/resources/pages"
import type { CallOptions, FileOptions, ListOptions, StreamOptions } from "../options.ts"
import type { PageResult, Result } from "./Result.ts"

/**
 * The methods of a domain. No method rejects: each resolves to `{ data, error }`; only a `stream` throws. A list with pages has two more methods:
 * `iterate` reads all pages into one result, `stream` is an async iterable of the records that requests a page when the loop reaches it.
 *
 * @example
 * ```ts
 * import type { LinxioClient } from "linxio-js"
 *
 * const plates = async (linxio: LinxioClient) => {
 *   for await (const vehicle of linxio.vehicles.stream({ fields: ["id", "regNo"] })) console.log(vehicle.regNo)
 * }
 * ```
 */
export type ResourceOf<Operations> = {
  readonly [Method in keyof Operations]: (
    ...given: [...ArgumentsOf<Operations[Method]>, options?: OptionsOf<Operations[Method]>]
  ) => Promise<ResultOf<Operations[Method]>>
} & {
  readonly [Method in Paged<Operations> as PagingName<"iterate", Method>]: (
    ...given: [...ArgumentsOf<Operations[Method]>, options?: ListOptions]
  ) => Promise<PageResult<RecordOf<Operations[Method]>>>
} & {
  readonly [Method in Paged<Operations> as PagingName<"stream", Method>]: (
    ...given: [...ArgumentsOf<Operations[Method]>, options?: StreamOptions]
  ) => AsyncIterable<RecordOf<Operations[Method]>>
} & {
  readonly [Method in Files<Operations> as `${Method}Stream`]: (
    ...given: [...ArgumentsOf<Operations[Method]>, options?: FileOptions]
  ) => Promise<Result<ReadableStream<Uint8Array>>>
}

type OptionsOf<O> =
  AnswerOf<O> extends Page<unknown> ? ListOptions : AnswerOf<O> extends Blob ? FileOptions : CallOptions

type ResultOf<O> =
  AnswerOf<O> extends Page<infer A> ? PageResult<A> : [AnswerOf<O>] extends [void] ? Result<null> : Result<AnswerOf<O>>
