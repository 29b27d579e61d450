// `npm run bench` measures everything; `npm run bench -- costPerCall weight` those two. --quick: fewer rounds and clients.
// --modules: what the weight consists of. BENCH_DIST=<file>: another build; BENCH_BEFORE=<file>: one to compare it with.
import { table } from "./lib/table.mjs"

export const measures = ["costPerCall", "throughput", "expiry", "coldStart", "weight", "decode"]

const given = process.argv.slice(2)
const flags = given.filter((argument) => argument.startsWith("--"))
const wanted = given.filter((argument) => !argument.startsWith("--"))
const unknown = [
  ...wanted.filter((name) => !measures.includes(name)),
  ...flags.filter((flag) => !["--quick", "--modules"].includes(flag))
]
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are ${measures.join(", ")}, --quick and --modules.`)
  process.exit(1)
}

if (flags.includes("--modules")) {
  const { modules } = await import("./measures/weight.mjs")
  const { whole, packages, modules: parts } = await modules()
  const line = ({ name, minified, gzip }) => `  ${String(minified).padStart(7)} ${String(gzip).padStart(7)}  ${name}`
  console.log("  minified    gzip  (gzip: what the bundle loses without this part)")
  console.log([line({ name: "whole", ...whole }), ...packages.map(line), "", ...parts.map(line)].join("\n"))
  process.exit(0)
}

for (const measure of wanted.length > 0 ? wanted : measures) {
  const { run, title } = await import(`./measures/${measure}.mjs`)
  const started = performance.now()
  const rows = await run({ quick: flags.includes("--quick") })
  console.log(
    `\n${title} (${measure}, ${((performance.now() - started) / 1000).toFixed(0)} s)\n${table(measure, rows)}`
  )
}
