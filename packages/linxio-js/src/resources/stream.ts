/** A list as an async iterable of its records. */
import * as Effect from "effect/Effect"
import type { HttpClientService } from "linxio-effect"
import type { InvalidRecord, Page } from "linxio-effect/api/operation"
import { LinxioValidationError } from "linxio-effect/LinxioError"
import { send } from "linxio-effect/resources/call"
import { invalidOf, type ListOperation, startOf, type Step, walk } from "linxio-effect/resources/pages"
import { streamNames } from "../options/optionNames.ts"
import type { Logger } from "../options.ts"
import type { Runner } from "../run.ts"
import { countOf, limited } from "./limited.ts"

export const makeStreams =
  (runner: Runner, http: HttpClientService, logger: Logger | undefined) =>
  <A>(name: string, operation: ListOperation<A>) =>
    async function* (...given: ReadonlyArray<unknown>): AsyncGenerator<A, void, undefined> {
      const { options, run } = limited(name, given[countOf(operation)], streamNames)
      const start = startOf(operation, given)
      if (start instanceof LinxioValidationError) return void (await runner.run(...run(Effect.fail(start))))
      const { begin, ids } = start
      const next = walk(begin)
      const { onInvalid = warnTo(logger) } = options
      let received = 0
      const ahead = options.prefetch ? aheadOf(runner, options.signal) : undefined
      const read = (asked: typeof begin, signal = options.signal): Promise<Page<A>> => {
        const [effect] = run(send(http, operation, [...ids, asked]))
        return runner.run(effect, signal, name)
      }
      try {
        let reading: Promise<Page<A>> | undefined = read(begin)
        while (reading) {
          const { asked, page }: Step<A> = next(await reading)
          reading = asked && ahead ? read(asked, ahead.signal) : undefined
          // The loop may never come back for this page, and nobody would handle its error.
          reading?.catch(() => undefined)
          const invalid = invalidOf(page, received)
          received += page.data.length + invalid.length
          for (const record of invalid) onInvalid(record)
          // Not `yield*`, which takes half as long again for a record.
          for (const record of page.data) yield record
          if (asked && !ahead) reading = read(asked)
        }
      } finally {
        ahead?.end()
      }
    }

const warnTo =
  (logger: Logger | undefined) =>
  ({ index, issue }: InvalidRecord) =>
    logger?.warn("a record of a Linxio list could not be read and was left out", { index, issue })

/** A signal for pages that are read ahead: it aborts with the caller's, and when the loop ends. */
const aheadOf = (runner: Runner, signal: AbortSignal | undefined) => {
  const controller = new AbortController()
  const stop = signal && runner.onAbort(signal, () => controller.abort(signal.reason))
  return {
    signal: controller.signal,
    end: () => {
      stop?.()
      controller.abort()
    }
  }
}
