/** The rows of one measure as text. */
import { barsOf, verdict } from "./bars.mjs"

const digits = (value) =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 20 ? 1 : 2)

export const say = (value, unit = "") => `${digits(value)}${unit === "×" || unit === "" ? unit : ` ${unit}`}`

/** What a measure knows beyond its median, in the order in which it is shown. */
const extras = {
  p10: "×",
  wall: "×",
  cpu: "×",
  microseconds: "µs",
  milliseconds: "ms",
  perSecond: "a second",
  least: undefined,
  ofEmpty: "×",
  minified: "kB",
  requests: "",
  refusals: "",
  refreshes: "",
  failed: ""
}

const titles = {
  microseconds: "",
  milliseconds: "",
  perSecond: "",
  least: "at least ",
  ofEmpty: "of an empty process "
}

const extrasOf = (row) =>
  Object.entries(extras)
    .filter(([key]) => row[key] !== undefined)
    .map(([key, unit = row.unit]) => `${titles[key] ?? `${key} `}${say(row[key], unit)}`)

const cells = (measure, row) => [
  row.case,
  row.contender,
  say(row.value, row.unit),
  row.q1 === undefined ? "" : `${digits(row.q1)}–${digits(row.q3)}`,
  extrasOf(row).join(", "),
  barsOf(measure, row).map(verdict).join("; ")
]

export const table = (measure, rows) => {
  const lines = [["case", "client", "median", "quartiles", "more", "bar"], ...rows.map((row) => cells(measure, row))]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines
    .map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd())
    .join("\n")
}
