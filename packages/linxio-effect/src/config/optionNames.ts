/** Refuses unknown options, here and in the Promise facade: a misspelt option would otherwise be ignored silently. */

/**
 * A table of all options of one kind. The compiler rejects a table in which one is missing.
 *
 * @example
 * ```ts
 * import type { OptionNames } from "linxio-effect/config/optionNames"
 *
 * const names: OptionNames<{ readonly page?: number; readonly limit?: number }> = { page: true, limit: true }
 * ```
 */
export type OptionNames<Options> = { readonly [Name in keyof Required<Options>]: unknown }

/**
 * The first unknown option, and the text of its error. `group`, such as `retry.`, is put before its name. `hints` are texts for names that other
 * libraries use, such as `retry.maxRetries`.
 *
 * @example
 * ```ts
 * import { unknownOption } from "linxio-effect/config/optionNames"
 *
 * console.log(unknownOption({ limti: 10 }, { page: true, limit: true })?.issue) // => is not an option: did you mean limit?
 * ```
 */
export const unknownOption = <Options>(
  given: unknown,
  names: OptionNames<Options>,
  group = "",
  hints: Readonly<Record<string, string>> = {}
): { readonly option: string; readonly issue: string } | undefined => {
  if (given === null || typeof given !== "object") return undefined // checked elsewhere
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(names, option)) continue
    const name = group + option
    const near = Object.keys(names).find((known) => isNear(option, known))
    const hint = Object.hasOwn(hints, name) ? hints[name] : near && `did you mean ${near}?`
    return { option: name, issue: hint ? `is not an option: ${hint}` : "is not an option" }
  }
  return undefined
}

/** Finds a misspelt name, or one without its unit: names match if they differ in one place by at most two letters, ignoring case. */
const isNear = (given: string, known: string): boolean => {
  const [a, b] = [given.toLowerCase(), known.toLowerCase()]
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (start + end < Math.min(a.length, b.length) && a.at(-1 - end) === b.at(-1 - end)) end++
  const other = Math.max(a.length, b.length) - start - end
  return other <= 2 && other * 2 < a.length
}
