/** The bars of bars.json, held against the rows of a run. */
import { readFileSync } from "node:fs"

export const { bars } = JSON.parse(readFileSync(new URL("../bars.json", import.meta.url), "utf8"))

export const barOf = (measure, row) =>
  row.contender === "linxio-js" ? bars.find((bar) => bar.measure === measure && bar.case === row.case) : undefined

export const meets = (value, { max = Infinity, min = -Infinity }) => value <= max && value >= min

export const sayBar = ({ aim, max, min }) =>
  `${max === undefined ? `≥ ${min}` : `≤ ${max}`}${aim === undefined ? "" : `, aim ${aim}`}`

/** How one row stands to its bar. */
export const verdict = (row, bar) => {
  if (!meets(row.value, bar)) return "NOT MET"
  if (bar.aim === undefined) return "met"
  const reached = bar.max === undefined ? row.value >= bar.aim : row.value <= bar.aim
  return reached ? "met, and the aim" : "met"
}
