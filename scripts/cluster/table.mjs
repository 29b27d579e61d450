// The figures as a table for people, which is Markdown as well.
const heads = [
  "store",
  "calls",
  "refreshes per expiry",
  "reuses (kills that cause one)",
  "errors",
  "kills",
  "back after: median, longest",
  "longest call"
]

const secondsOf = (ms) => (ms === undefined ? "-" : `${(ms / 1_000).toFixed(1)} s`)

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const rowOf = ({
  back = [],
  calls,
  errors = {},
  expiries,
  kills,
  lethal,
  longestMs,
  missing,
  name,
  refreshes,
  reuses
}) =>
  calls === undefined
    ? [name, missing ? "skipped" : "failed"]
    : [
        name,
        calls,
        `${(refreshes / expiries).toFixed(2)} (${refreshes} / ${expiries})`,
        `${reuses} (${lethal})`,
        Object.entries(errors)
          .map(([reason, count]) => `${count} ${reason}`)
          .join(", ") || "none",
        kills,
        `${secondsOf(median(back))}, ${secondsOf(back.length > 0 ? Math.max(...back) : undefined)}`,
        secondsOf(longestMs)
      ]

export const table = (rows) => {
  const cells = [heads, ...rows.map(rowOf)].map((row) => heads.map((_, index) => String(row[index] ?? "")))
  const widths = heads.map((_, index) => Math.max(...cells.map((row) => row[index].length)))
  const lines = cells.map((row) => `| ${row.map((cell, index) => cell.padEnd(widths[index])).join(" | ")} |`)
  return [lines[0], `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.slice(1)].join("\n")
}
