/** The methods of a domain, derived from its operations: each takes what the operation takes, then options, and resolves to a result. */
import * as Effect from "effect/Effect"
import { type HttpClientService, withCallOptions } from "linxio-effect"
import type { ListParams, Operation, Page } from "linxio-effect/api/operation"
import type { OptionNames } from "linxio-effect/config/optionNames"
import { type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { send } from "linxio-effect/resources/call"
import { collect, type ListOperation, snapshotOf, walk } from "linxio-effect/resources/pages"
import { callNames, listNames } from "../options/optionNames.ts"
import { callOptions, reading } from "../options/read.ts"
import type { ListOptions } from "../options.ts"
import type { Runner } from "../run.ts"
import type { PageResult, Result } from "../types.ts"

/** Only a list has the option `strict`. */
const noListNames = callNames as OptionNames<ListOptions>

export type Resources = ReturnType<typeof makeResources>

/** What a method resolves to when it succeeds. */
type Success<Method> = Method extends (...given: never) => Promise<infer R>
  ? Extract<R, { readonly error: null }>
  : never

/** The operations that a resource needs: the compiler rejects a method without an operation, or with another result type. */
type OperationsOf<Resource> = {
  readonly [Method in keyof Resource]: Success<Resource[Method]> extends Page<infer A>
    ? Operation<Page<A>>
    : Success<Resource[Method]> extends { readonly data: null }
      ? Operation<void>
      : Operation<Success<Resource[Method]>["data" & keyof Success<Resource[Method]>]>
}

export const makeResources = (runner: Runner, http: HttpClientService) => {
  /** The arguments of `run` for one call of a method. */
  const limited =
    (name: string, given: unknown, isList = true) =>
    <A>(effect: Effect.Effect<A, LinxioFailure>) => {
      const own = reading(() =>
        callOptions<ListOptions>(given as ListOptions | undefined, isList ? listNames : noListNames)
      )
      if (own instanceof LinxioValidationError) return [Effect.fail(own), undefined, name] as const
      const { deadlineMs, signal, strict, timeoutMs } = own ?? {}
      return [own ? withCallOptions({ deadlineMs, strict, timeoutMs })(effect) : effect, signal, name] as const
    }

  /** A method for each operation, typed by `Resource`. */
  const methods = <Resource>(domain: string, operations: OperationsOf<Resource>): Resource =>
    Object.fromEntries(
      Object.entries<Operation>(operations).map(([method, operation]) => [
        method,
        async (...given: ReadonlyArray<unknown>) => {
          const { answer, path, payload, query } = operation
          const count = path.split("/:").length - 1 + Number(payload !== undefined) + Number(query !== undefined)
          const isPage = answer.as === "page"
          const run = limited(`${domain}.${method}`, given[count], isPage)
          const result = await runner.attempt(...run(send(http, operation, given.slice(0, count))))
          if (isPage) return pageResult(result as Result<Page<unknown>>)
          return answer.as === "done" && !result.error ? { data: null, error: null } : result
        }
      ])
    ) as Resource

  /** The methods of a list that read several pages. */
  const paging = <A>(domain: string, operation: ListOperation<A>) => ({
    iterate: async (params?: ListParams<string>, options?: ListOptions): Promise<PageResult<A>> =>
      pageResult(await runner.attempt(...limited(`${domain}.iterate`, options)(collect(http, operation, params)))),
    stream: async function* (params?: ListParams<string>, options?: ListOptions): AsyncGenerator<A, void, undefined> {
      const run = limited(`${domain}.stream`, options)
      const begin = await runner.run(...run(snapshotOf(params)))
      const next = walk(begin)
      let asked: ListParams<string> | undefined
      do {
        const page: Page<A> = await runner.run(...run(send(http, operation, [asked ?? begin])))
        yield* page.data
        asked = next(page)
      } while (asked)
    }
  })

  return { methods, paging }
}

const pageResult = <A>({ data: page, error }: Result<Page<A>>): PageResult<A> =>
  error ? { data: null, error, meta: null } : { ...page, error }
