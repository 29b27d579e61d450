/** A list as a stream, and a file as a stream. Not in `pages.ts`, so that the facade does not contain Effect's streams. */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { ArgumentsOf, InvalidRecord, Operation, Page } from "../api/operation.ts"
import { fileResponse } from "../exchange/contract.ts"
import type { HttpClientService } from "../HttpClient.ts"
import { type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import { exchange, type Methods, methodsOf, send } from "./call.ts"
import {
  collect,
  type Files,
  hasPages,
  invalidOf,
  type ListOperation,
  type Paged,
  pagingName,
  type PagingName,
  type RecordOf,
  startOf,
  walk
} from "./pages.ts"

/** How a stream reads its pages. */
export interface StreamOptions {
  /** True requests the next page while the records of the current one are read. @default false */
  readonly prefetch?: boolean | undefined
  /**
   * Is told of each record that could not be read and was left out; its index counts from the first record of the stream.
   * @default a warning in the log
   */
  readonly onInvalid?: ((record: InvalidRecord) => Effect.Effect<void>) | undefined
}

/** The methods that read all pages of each list, and each file as a stream. */
type Paging<Operations> = {
  readonly [Name in Paged<Operations> as PagingName<"iterate", Name>]: (
    ...given: ArgumentsOf<Operations[Name]>
  ) => Effect.Effect<Page<RecordOf<Operations[Name]>>, LinxioFailure>
} & {
  readonly [Name in Paged<Operations> as PagingName<"stream", Name>]: (
    ...given: [...ArgumentsOf<Operations[Name]>, options?: StreamOptions]
  ) => Stream.Stream<RecordOf<Operations[Name]>, LinxioFailure>
} & {
  readonly [Name in Files<Operations> as `${Name}Stream`]: (
    ...given: ArgumentsOf<Operations[Name]>
  ) => Stream.Stream<Uint8Array, LinxioFailure>
}

/** The methods of a domain: one for each operation, and those that read several pages. */
export type Service<Operations> = Methods<Operations> & Paging<Operations>

/** The service of a domain, on an `HttpClient`. */
export const serviceOf = <Operations extends Readonly<Record<string, Operation>>>(
  http: HttpClientService,
  operations: Operations
): Service<Operations> => {
  const more = Object.entries(operations).flatMap(([name, operation]): ReadonlyArray<readonly [string, unknown]> => {
    if (operation.answer.as === "file") {
      return [[`${name}Stream`, (...given: ReadonlyArray<unknown>) => fileStream(http, operation, given)]]
    }
    if (!hasPages(operation)) return []
    const pages = operation as ListOperation<unknown>
    return [
      [pagingName("iterate", name), (...given: ReadonlyArray<unknown>) => collect(http, pages, given)],
      [pagingName("stream", name), (...given: ReadonlyArray<unknown>) => recordStream(http, pages, given)]
    ]
  })
  // A cast: the methods made at run time have the types that `Paging` derives from the table.
  return { ...methodsOf(http, operations), ...Object.fromEntries(more) } as unknown as Service<Operations>
}

const recordStream = <A>(
  http: HttpClientService,
  operation: ListOperation<A>,
  given: ReadonlyArray<unknown>
): Stream.Stream<A, LinxioFailure> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const start = startOf(operation, given)
      if (start instanceof LinxioValidationError) return yield* Effect.fail(start)
      const { begin, ids, rest } = start
      const { onInvalid = warn, prefetch } = Object(rest) as StreamOptions
      const scope = yield* Effect.scope
      const next = walk(begin)
      let received = 0
      const read = (asked: typeof begin) => send(http, operation, [...ids, asked])
      const ahead = (asked: typeof begin) =>
        prefetch
          ? Effect.map(Effect.forkIn(read(asked), scope, { startImmediately: true }), Fiber.join)
          : Effect.succeed(read(asked))
      return Stream.paginate(read(begin), (reading) =>
        Effect.gen(function* () {
          const { asked, page } = next(yield* reading)
          const invalid = invalidOf(page, received)
          received += page.data.length + invalid.length
          yield* Effect.forEach(invalid, onInvalid, { discard: true })
          return [page.data, Option.fromUndefinedOr(asked && (yield* ahead(asked)))] as const
        })
      )
    })
  )

const warn = ({ index, issue }: InvalidRecord) =>
  Effect.logWarning(`Record ${index} of a Linxio list could not be read and was left out: ${issue}`)

/** The body as it arrives. It fails when nothing arrives for `timeoutMs`; `maxResponseBytes` does not apply. */
const fileStream = (
  http: HttpClientService,
  operation: Operation,
  given: ReadonlyArray<unknown>
): Stream.Stream<Uint8Array, LinxioFailure> =>
  Stream.unwrap(
    exchange(http, operation, given, { bodyAs: "stream" }, (response) =>
      Effect.map(fileResponse(response), ({ stream }) => stream)
    )
  )
