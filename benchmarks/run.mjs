// `npm run bench` measures everything and writes results/; `npm run bench -- costPerCall weight` only measures those two.
// --quick: fewer rounds and clients. --modules: what the weight consists of.
// BENCH_DIST=<file.mjs> measures another build of linxio-js, BENCH_BEFORE=<file.mjs> adds one to compare with.
import { printTable } from "./lib/table.mjs"
import { writePage } from "./lib/page.mjs"
import { writeResults } from "./lib/results.mjs"

const measures = ["costPerCall", "throughput", "expiry", "coldStart", "weight", "decode", "streaming"]

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
const quick = flags.includes("--quick")

if (flags.includes("--modules")) {
  const { modules } = await import("./measures/weight.mjs")
  console.log(await modules())
  process.exit(0)
}

const done = []
for (const measure of wanted.length > 0 ? wanted : measures) {
  const { run, title } = await import(`./measures/${measure}.mjs`)
  const started = performance.now()
  const rows = await run({ quick })
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`\n${title} (${measure}, ${seconds} s)`)
  printTable(measure, rows)
  done.push({ measure, title, rows })
}
// What is kept is one whole run, so that its figures can be compared with one another.
const whole = wanted.length === 0 && !quick && !process.env.BENCH_DIST && !process.env.BENCH_BEFORE
if (whole) {
  writeResults(done)
  writePage()
  console.log("\nWritten to benchmarks/results/latest.json and docs/performance.md")
}
