/** The options of one call of a method, read and applied. */
import * as Effect from "effect/Effect"
import { withCallOptions } from "linxio-effect"
import { namesOf, type Operation } from "linxio-effect/api/operation"
import type { OptionNames } from "linxio-effect/config/optionNames"
import { type LinxioFailure, LinxioValidationError } from "linxio-effect/LinxioError"
import { callOptions, reading } from "../options/read.ts"
import type { CallOptions, FileOptions, StreamOptions } from "../options.ts"

/** The arguments of `run` for a method, and the options of the call. Options that cannot be read are the error of the call. */
export const limited = <Options extends CallOptions>(name: string, given: unknown, names: OptionNames<Options>) => {
  const read = reading(() => callOptions<Options>(given as Options | undefined, names))
  const failure = read instanceof LinxioValidationError ? read : undefined
  const options: FileOptions & StreamOptions = read instanceof LinxioValidationError ? {} : (read ?? {})
  const { deadlineMs, onProgress, signal, strict, timeoutMs } = options
  const run = <A>(effect: Effect.Effect<A, LinxioFailure>) =>
    [
      failure
        ? Effect.fail(failure)
        : given === undefined
          ? effect
          : withCallOptions({ deadlineMs, onProgress, strict, timeoutMs })(effect),
      signal,
      name
    ] as const
  return { options, run }
}

/** The number of arguments before the options. */
export const countOf = ({ path, payload, query }: Operation): number =>
  namesOf(path).length + Number(payload !== undefined) + Number(query !== undefined)
