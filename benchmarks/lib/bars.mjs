/** The bars of bars.json, held against the rows of a run. */
import { readFileSync } from "node:fs"

const { bars, tolerance } = JSON.parse(readFileSync(new URL("../bars.json", import.meta.url), "utf8"))

/** What is counted comes out the same on every machine; the rest is time. */
const counted = ["requests", "refusals", "refreshes", "kB"]

const fieldOf = ({ field = "value" }) => field

/** The bars of one row, each with what the row has to show for it. */
export const barsOf = (measure, row) =>
  bars
    .filter((bar) => bar.measure === measure && bar.case === row.case)
    .filter(({ contender = "linxio-js" }) => contender === row.contender)
    .map((bar) => ({
      ...bar,
      found: row[fieldOf(bar)],
      exact: counted.includes(fieldOf(bar)) || counted.includes(row.unit)
    }))

export const meets = (found, { max = Infinity, min = -Infinity }) => found <= max && found >= min

const limitOf = ({ max, min }) => (max === undefined ? `≥ ${min}` : `≤ ${max}`)

const nameOf = (bar) => (fieldOf(bar) === "value" ? "" : `${bar.field} `)

/** How a row stands to a bar, for people. */
export const verdict = (bar) => {
  const aim = bar.aim === undefined ? "" : `, aim ${bar.aim}`
  const reached = bar.aim !== undefined && meets(bar.found, bar.max === undefined ? { min: bar.aim } : { max: bar.aim })
  const how = !meets(bar.found, bar) ? "NOT MET" : reached ? "met, and the aim" : "met"
  return `${nameOf(bar)}${limitOf(bar)}${aim}: ${how}`
}

/**
 * What the gate holds: the bar itself where things are counted, with the tolerance where time is in it, or the bar's own `gate` where more than
 * the bar was won. `gate: false` leaves a bar to people, as one that is an absolute time.
 */
export const gateOf = (bar) => {
  if (bar.gate === false) return undefined
  const loose = bar.exact ? 1 : 1 + tolerance
  return bar.max === undefined ? { min: bar.gate ?? bar.min / loose } : { max: bar.gate ?? bar.max * loose }
}

export const sayGate = (bar, limit) =>
  `${bar.measure}, ${bar.case}${bar.contender ? `, ${bar.contender}` : ""}: ${nameOf(bar)}${Number(bar.found.toFixed(3))}, held to ${limitOf(
    Object.fromEntries(Object.entries(limit).map(([key, value]) => [key, Number(value.toFixed(3))]))
  )}`

/** The measures that have bars for the gate, and how many each has. */
export const gated = new Map()
for (const { gate, measure } of bars) if (gate !== false) gated.set(measure, (gated.get(measure) ?? 0) + 1)
