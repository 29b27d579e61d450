/** The one place where what a caller gives is read: once, own properties only, and whatever it throws is a typed refusal (F-28). */
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

/** What was read, or why it cannot be. Getters and proxies throw what they like, which is not repeated: it may hold a secret. */
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

/** The same for a part of what is read, which then has a name. */
export const readingPart = <A>(field: string, read: () => A): A => {
  const value = reading(read, field)
  if (value instanceof LinxioValidationError) throw value
  return value
}

/** The options of a client. The engine takes schedules of Effect in its policies: on this surface they are no options. */
export const clientOptions = (given: ClientOptions): ClientOptions => {
  const own = ownOptions(given, clientNames, "", hints)
  return Object.assign(own, {
    retry: own.retry && ownOptions(own.retry, retryNames, "retry.", hints),
    refresh: own.refresh && ownOptions(own.refresh, refreshNames, "refresh."),
    headers: readHeaders(own.headers)
  })
}

/** The options of one call, or none. Throws what `reading` makes a refusal. */
export const callOptions = <Options extends CallOptions & { readonly retry?: RetryOptions | undefined }>(
  given: Options | null | undefined,
  names: OptionNames<Options>
): Options | undefined => {
  if (given === undefined || given === null) return undefined
  const own = ownOptions(given, names, "", hints)
  checkSignal(own.signal)
  return own.retry ? Object.assign(own, { retry: ownOptions(own.retry, retryNames, "retry.", hints) }) : own
}

/** What can be used of the options of a call that is made whatever it was given. */
export const usableOptions = (given: CallOptions | undefined): CallOptions | undefined => {
  const read = reading(() => {
    const { deadlineMs, signal, timeoutMs } = ownOf("options", given ?? {})
    return callOptions({ deadlineMs, signal, timeoutMs }, callNames)
  })
  return read instanceof LinxioValidationError ? undefined : read
}

/** How long closing waits for the calls under way. What is no options, such as an event or the name of a signal, asks for nothing. */
export const drainMsOf = (given: CloseOptions | undefined): number =>
  readingPart("options", () => {
    const { drain, timeoutMs } = ownOf<CloseOptions>("options", Object(given ?? {}))
    return drain === true ? milliseconds("timeoutMs", timeoutMs, 30_000) : 0
  })

/** One that cannot be listened to would never abort, and one that cannot be left would never let go. */
const checkSignal = (signal: unknown): void => {
  if (signal === undefined || signal === null) return
  const { aborted, addEventListener, removeEventListener } = Object(signal)
  if (typeof aborted !== "boolean" || ![addEventListener, removeEventListener].every(isFunction))
    throw refusal("signal", "must be an AbortSignal")
}

const isFunction = (value: unknown): boolean => typeof value === "function"

/** What a method is given besides its options, such as who signs in. */
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
