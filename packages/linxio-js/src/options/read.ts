/** The one place that reads the caller's input: each own property once. What the caller's code throws becomes a typed error (F-28). */
import { LinxioConfigurationError, LinxioValidationError } from "linxio-effect/LinxioError"
import type { OptionNames } from "linxio-effect/config/optionNames"
import { milliseconds } from "linxio-effect/config/checks"
import { readHeaders } from "linxio-effect/config/headers"
import { ownOf, ownOptions } from "linxio-effect/config/ownOptions"
import type { CallOptions } from "./CallOptions.ts"
import type { ClientOptions } from "./ClientOptions.ts"
import type { CloseOptions } from "./CloseOptions.ts"
import type { RetryOptions } from "./RetryOptions.ts"
import { callNames, clientNames, hints, refreshNames, retryNames } from "./optionNames.ts"

export const refusal = (field: string, issue: string) => new LinxioValidationError([{ field, issue }])

/** Runs `read`; turns an exception into a typed error. What a getter or proxy throws is not quoted: it may contain a secret. */
export const reading = <A>(read: () => A, field = "options"): A | LinxioValidationError => {
  try {
    return read()
  } catch (error) {
    if (error instanceof LinxioValidationError) return error
    return error instanceof LinxioConfigurationError
      ? refusal(error.option, error.issue)
      : refusal(field, "cannot be read")
  }
}

/** The same for one named part of the input. */
export const readingPart = <A>(field: string, read: () => A): A => {
  const value = reading(read, field)
  if (value instanceof LinxioValidationError) throw value
  return value
}

/** The options of a client. The engine's options for Effect schedules are unknown options here. */
export const clientOptions = (given: ClientOptions): ClientOptions => {
  const own = ownOptions(given, clientNames, "", hints)
  return Object.assign(own, {
    retry: own.retry && ownOptions(own.retry, retryNames, "retry.", hints),
    refresh: own.refresh && ownOptions(own.refresh, refreshNames, "refresh."),
    headers: readHeaders(own.headers)
  })
}

/** The options of one call, or none. Throws; call it inside `reading`. */
export const callOptions = <Options extends CallOptions & { readonly retry?: RetryOptions | undefined }>(
  given: Options | null | undefined,
  names: OptionNames<Options>
): Options | undefined => {
  if (given === undefined || given === null) return undefined
  const own = ownOptions(given, names, "", hints)
  checkSignal(own.signal)
  return own.retry ? Object.assign(own, { retry: ownOptions(own.retry, retryNames, "retry.", hints) }) : own
}

/** The valid options of a call that must run even if some options are invalid. */
export const usableOptions = (given: CallOptions | undefined): CallOptions | undefined => {
  const read = reading(() => {
    const { deadlineMs, signal, timeoutMs } = ownOf("options", given ?? {})
    return callOptions({ deadlineMs, signal, timeoutMs }, callNames)
  })
  return read instanceof LinxioValidationError ? undefined : read
}

/** How long `close` waits for running calls. A value that is not an options object, such as an event or a signal name, is ignored. */
export const drainMsOf = (given: CloseOptions | undefined): number =>
  readingPart("options", () => {
    const { drain, timeoutMs } = ownOf<CloseOptions>("options", Object(given ?? {}))
    return drain === true ? milliseconds("timeoutMs", timeoutMs, 30_000) : 0
  })

/** Checks that the signal can add and remove listeners. Otherwise it would never abort, or its listener would never be removed. */
const checkSignal = (signal: unknown): void => {
  if (signal === undefined || signal === null) return
  const { aborted, addEventListener, removeEventListener } = Object(signal)
  if (typeof aborted !== "boolean" || ![addEventListener, removeEventListener].every(isFunction))
    throw refusal("signal", "must be an AbortSignal")
}

const isFunction = (value: unknown): boolean => typeof value === "function"

/** The input of a method other than its options, such as credentials. */
export const payloadOf = <Payload extends object>(given: Payload): Payload => ownOf("payload", given ?? {})

/** The value of an option that has a second name. */
export const eitherOf = <A>(
  name: string,
  value: A | undefined,
  secondName: string,
  secondValue: A | undefined
): A | undefined => {
  if (value !== undefined && secondValue !== undefined)
    throw refusal(secondName, `is another name of ${name}: give one of them`)
  return value ?? secondValue
}
