/** Reads the caller's input: each own property once (F-28). */
import { refuse } from "./checks.ts"
import { type OptionNames, unknownOption } from "./optionNames.ts"

/**
 * A copy of the caller's own enumerable properties. Each getter runs once. The copy has no prototype: a property of `Object.prototype` must not act
 * as an option such as `baseUrl`. Throws a `LinxioConfigurationError` if a property cannot be read.
 *
 * @example
 * ```ts
 * import { ownOf } from "linxio-effect/config/ownOptions"
 *
 * console.log("toString" in ownOf("query", { page: 1 })) // => false
 * ```
 */
export const ownOf = <Given extends object>(name: string, given: Given): Given => {
  try {
    return Object.assign<object, Given>(Object.create(null) as object, given)
  } catch {
    // The error of a getter is not quoted: it may contain a secret.
    return refuse(name, "cannot be read")
  }
}

/**
 * The same for options, whose names are checked; `group`, such as `retry.`, goes before a name. Throws a `LinxioConfigurationError`.
 *
 * @example
 * ```ts
 * import { ownOptions } from "linxio-effect/config/ownOptions"
 *
 * const { page } = ownOptions({ page: 1 }, { page: true })
 * console.log(page) // => 1
 * ```
 */
export const ownOptions = <Options extends object>(
  given: Options,
  names: OptionNames<Options>,
  group = "",
  hints?: Readonly<Record<string, string>>
): Options => {
  const name = group.slice(0, -1) || "options"
  if (given === null || typeof given !== "object") refuse(name, "must be an object")
  const own = ownOf(name, given)
  const unknown = unknownOption(own, names, group, hints)
  return unknown ? refuse(unknown.option, unknown.issue) : own
}
