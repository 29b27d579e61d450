/** The rows of one measure as text. */
import { barOf, sayBar, verdict } from "./bars.mjs"

const digits = (value) =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 20 ? 1 : 2)

export const say = (value, unit = "") => `${digits(value)}${unit === "×" || unit === "" ? unit : ` ${unit}`}`

/** What each measure knows beyond its ratio, in the order in which it is shown. */
const extras = {
  p10: "×",
  wall: "×",
  cpu: "×",
  microseconds: "µs",
  milliseconds: "ms",
  perSecond: "/s",
  least: "ms",
  ofEmpty: "×",
  minified: "kB",
  requests: "",
  refusals: "",
  refreshes: "",
  failed: ""
}

const cells = (measure, row) => {
  const bar = barOf(measure, row)
  const extra = Object.entries(extras).flatMap(([key, unit]) =>
    row[key] === undefined ? [] : [`${key} ${say(row[key], unit)}`]
  )
  return [
    row.case,
    row.contender,
    say(row.value, row.unit),
    row.q1 === undefined ? "" : `${digits(row.q1)}–${digits(row.q3)}`,
    [...extra, ...(row.notes ?? [])].join(", "),
    bar ? `${sayBar(bar)}: ${verdict(row, bar)}` : ""
  ]
}

export const table = (measure, rows) => {
  const lines = [["case", "client", "median", "quartiles", "more", "bar"], ...rows.map((row) => cells(measure, row))]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines
    .map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd())
    .join("\n")
}
