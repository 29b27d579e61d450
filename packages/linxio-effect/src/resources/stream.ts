/** A list as a stream. Not in `pages.ts`, so that the facade does not contain Effect's streams. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { ListParams } from "../api/operation.ts"
import type { HttpClientService } from "../HttpClient.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import { send } from "./call.ts"
import { collect, type ListOperation, snapshotOf, walk } from "./pages.ts"

/** The methods of a list that read several pages. */
export interface Paging<A, Params> {
  /** Reads all pages, starting at the page in `params`, into one result. */
  readonly iterate: (params?: Params) => ReturnType<typeof collect<A>>
  /** The records of all pages, starting at the page in `params`. A page is requested when the consumer reaches it. */
  readonly stream: (params?: Params) => Stream.Stream<A, LinxioFailure>
}

export const pagingOf = <A, Params extends ListParams<string>>(
  http: HttpClientService,
  operation: ListOperation<A>
): Paging<A, Params> => ({
  iterate: (params) => collect(http, operation, params),
  stream: (params) =>
    Stream.unwrap(
      Effect.map(snapshotOf(params), (begin) => {
        const next = walk(begin)
        return Stream.paginate(begin, (asked) =>
          Effect.map(send(http, operation, [asked]), (page) => [page.data, Option.fromUndefinedOr(next(page))] as const)
        )
      })
    )
})
