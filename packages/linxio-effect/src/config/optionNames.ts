/** Options that do not exist are refused, here and on the Promise surface: one that is misspelt would do nothing, and nobody would know. */

/**
 * The names of the options of one kind, with any value; the compiler refuses a table in which one is missing.
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
 * The first option that does not exist, and what to say of it; `group`, such as `retry.`, goes before its name. `hints` are for names that
 * other libraries use: what to say of `retry.maxRetries`, for example.
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
  if (given === null || typeof given !== "object") return undefined // for others to say
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(names, option)) continue
    const name = group + option
    const near = Object.keys(names).find((known) => isNear(option, known))
    const hint = Object.hasOwn(hints, name) ? hints[name] : near && `did you mean ${near}?`
    return { option: name, issue: hint ? `is not an option: ${hint}` : "is not an option" }
  }
  return undefined
}

/** Most unknown options are a slip of the hand, or leave out a unit: one place of at most two letters is another, and case does not count. */
const isNear = (given: string, known: string): boolean => {
  const [a, b] = [given.toLowerCase(), known.toLowerCase()]
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (start + end < Math.min(a.length, b.length) && a.at(-1 - end) === b.at(-1 - end)) end++
  const other = Math.max(a.length, b.length) - start - end
  return other <= 2 && other * 2 < a.length
}
