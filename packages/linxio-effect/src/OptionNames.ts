/** Options that do not exist are refused, here and on the Promise surface: one that is misspelt would do nothing, and nobody would know. */

/**
 * The names of the options of one kind; the compiler refuses a table in which one is missing.
 *
 * @example
 * ```ts
 * import type { OptionNames } from "linxio-effect/OptionNames"
 *
 * const names: OptionNames<{ readonly page?: number; readonly limit?: number }> = { page: true, limit: true }
 * ```
 */
export type OptionNames<Options> = { readonly [Name in keyof Required<Options>]: true }

/**
 * The first option that does not exist, and what to say of it.
 *
 * @example
 * ```ts
 * import { unknownOption } from "linxio-effect/OptionNames"
 *
 * console.log(unknownOption({ limti: 10 }, { page: true, limit: true })?.issue) // => is not an option: did you mean limit?
 * ```
 */
export const unknownOption = <Options>(
  given: object,
  names: OptionNames<Options>
): { readonly option: string; readonly issue: string } | undefined => {
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(names, option)) continue
    const near = nearName(option, Object.keys(names))
    return { option, issue: near ? `is not an option: did you mean ${near}?` : "is not an option" }
  }
  return undefined
}

/** The name that somebody probably meant: most unknown options are a slip of the hand, or a unit that was left out. */
const nearName = (name: string, names: ReadonlyArray<string>): string | undefined => {
  const wanted = name.toLowerCase()
  return names
    .map((known) => ({ known, far: distance(wanted, known.toLowerCase()) }))
    .filter(({ far }) => far <= 2 && far * 2 < wanted.length)
    .sort((a, b) => a.far - b.far)[0]?.known
}

/** How many letters have to be added, taken away or replaced (Levenshtein). */
const distance = (a: string, b: string): number => {
  let row = [...b, ""].map((_, index) => index)
  for (const [index, letter] of [...a].entries()) {
    let above = index
    let left = index + 1
    row = row.map((up, column) => {
      if (column > 0) left = Math.min(up + 1, left + 1, above + (b[column - 1] === letter ? 0 : 1))
      above = up
      return left
    })
  }
  return row[b.length] ?? 0
}
