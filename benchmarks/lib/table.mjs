/** The rows of one measure, for a terminal. */
import { barsOf, verdict } from "./bars.mjs"

const digits = (value) =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 20 ? 1 : 2)

export const say = (value, unit = "") => `${digits(value)}${unit === "×" || unit === "" ? unit : ` ${unit}`}`

export const printTable = (measure, rows) =>
  console.table(
    rows.map((row) => {
      const { case: name, contender: client, q1, q3, rounds: _, unit, value, ...more } = row
      const quartiles = q1 === undefined ? {} : { quartiles: `${digits(q1)}–${digits(q3)}` }
      const others = Object.entries(more).map(([key, number]) => [key, Number(number.toPrecision(3))])
      const bar = barsOf(measure, row).map(verdict).join("; ")
      return { case: name, client, median: say(value, unit), ...quartiles, ...Object.fromEntries(others), bar }
    })
  )
