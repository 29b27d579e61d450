/** The methods of a domain at run time: each takes what its operation takes, then options, and resolves to a result. */
import * as Effect from "effect/Effect"
import type { HttpClientService } from "linxio-effect"
import { domains } from "linxio-effect/api/domains"
import type { Operation, Page } from "linxio-effect/api/operation"
import { fileResponse } from "linxio-effect/exchange/contract"
import { exchange, send } from "linxio-effect/resources/call"
import { collect, hasPages, type ListOperation, pagingName } from "linxio-effect/resources/pages"
import { callNames, fileNames, listNames } from "../options/optionNames.ts"
import type { Logger } from "../options.ts"
import type { Runner } from "../run.ts"
import type { PageResult, ResourceOf, Result } from "../types.ts"
import { countOf, limited } from "./limited.ts"
import { streamOf } from "./responseBody.ts"
import { makeStreams } from "./stream.ts"

type Given = ReadonlyArray<unknown>

export const makeResources = (runner: Runner, http: HttpClientService, logger?: Logger) => {
  const streams = makeStreams(runner, http, logger)

  const method = (name: string, operation: Operation) => {
    const count = countOf(operation)
    const { as } = operation.answer
    return async (...given: Given): Promise<unknown> => {
      const { run } = limited(name, given[count], as === "page" ? listNames : as === "file" ? fileNames : callNames)
      const result = await runner.attempt(...run(send(http, operation, given.slice(0, count))))
      if (as === "page") return pageResult(result as Result<Page<unknown>>)
      return as === "done" && !result.error ? { data: null, error: null } : result
    }
  }

  const iterate = (name: string, operation: ListOperation<unknown>) => {
    const count = countOf(operation)
    return async (...given: Given): Promise<PageResult<unknown>> => {
      const { run } = limited(name, given[count], listNames)
      return pageResult(await runner.attempt(...run(collect(http, operation, given.slice(0, count)))))
    }
  }

  const fileStream = (name: string, operation: Operation) => {
    const count = countOf(operation)
    return (...given: Given) => {
      const { options, run } = limited(name, given[count], fileNames)
      const body = exchange(http, operation, given.slice(0, count), { bodyAs: "stream" }, (response) =>
        Effect.flatMap(fileResponse(response), (found) => streamOf(found, runner, options.signal))
      )
      return runner.attempt(...run(body))
    }
  }

  /** The methods of a domain. A cast: the methods made at run time have the types that `ResourceOf` derives from the table. */
  return <const Operations extends Readonly<Record<string, Operation>>>(
    domain: string,
    operations: Operations
  ): ResourceOf<Operations> => {
    const made: Record<string, unknown> = {}
    for (const [name, operation] of Object.entries(operations)) {
      made[name] = method(`${domain}.${name}`, operation)
      if (operation.answer.as === "file") made[`${name}Stream`] = fileStream(`${domain}.${name}Stream`, operation)
      if (!hasPages(operation)) continue
      const pages = operation as ListOperation<unknown>
      const [all, each] = [pagingName("iterate", name), pagingName("stream", name)]
      made[all] = iterate(`${domain}.${all}`, pages)
      made[each] = streams(`${domain}.${each}`, pages)
    }
    return made as unknown as ResourceOf<Operations>
  }
}

type Domains = typeof domains

/** The resources of all domains. A cast: each has the type of its own table. */
export const domainsOf = (resourceOf: ReturnType<typeof makeResources>) => {
  const made = Object.fromEntries(
    Object.entries(domains).map(([name, operations]) => [name, resourceOf(name, operations)])
  ) as unknown as { readonly [Name in keyof Domains]: ResourceOf<Domains[Name]> }
  const { devices } = made
  // The only method that the hand-written SDK has under a second name.
  return { ...made, devices: { ...devices, installations: devices.installation } }
}

const pageResult = <A>({ data: page, error }: Result<Page<A>>): PageResult<A> =>
  error ? { data: null, error, meta: null } : { ...page, error }
