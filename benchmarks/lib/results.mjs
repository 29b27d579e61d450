/** Writes a run down, with the machine that it ran on. */
import { writeFileSync } from "node:fs"
import { availableParallelism, cpus, loadavg, totalmem } from "node:os"
import { barsOf, meets } from "./bars.mjs"

/** What a figure depends on; nothing that tells whose machine it is. */
const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  // Over the last quarter of an hour. The run itself makes up about 1 of it; the rest was somebody else's.
  load: loadavg()[2]
})

const rounded = (_, value) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value

const outcome = ({ aim, case: name, contender, exact, field, found, max, measure, min }) => ({
  measure,
  case: name,
  ...(contender && { contender }),
  ...(field && { field }),
  max,
  min,
  aim,
  found,
  exact,
  met: meets(found, { max, min })
})

export const writeResults = (measures) => {
  const bars = measures.flatMap(({ measure, rows }) => rows.flatMap((row) => barsOf(measure, row).map(outcome)))
  const results = { date: new Date().toISOString().slice(0, 10), machine: machine(), bars, measures }
  writeFileSync(new URL("../results/latest.json", import.meta.url), `${JSON.stringify(results, rounded, 2)}\n`)
}
