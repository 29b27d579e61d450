// Holds a quick run to the bars of bars.json, so that what was won is not lost unnoticed. What is counted has to be right each time; what
// has time in it may have three tries, since a machine may be doing something else at that moment.
// `node benchmarks/gate.mjs weight` holds that one measure to its bars.
import { existsSync } from "node:fs"
import { isCurrent } from "./lib/page.mjs"
import { barsOf, gated, gateOf, meets, sayGate } from "./lib/bars.mjs"

const tries = 3
const wanted = process.argv.slice(2)

if (!existsSync(new URL("../packages/linxio-js/dist/index.js", import.meta.url))) {
  console.error("packages/linxio-js/dist is missing: run npm run build")
  process.exit(1)
}

/** What a run shows, by the bar that it is held to. */
const attempt = async (measure) => {
  const { run } = await import(`./measures/${measure}.mjs`)
  const rows = await run({ quick: true, gate: true })
  return rows
    .flatMap((row) => barsOf(measure, row))
    .map((bar) => ({ bar, limit: gateOf(bar) }))
    .filter(({ limit }) => limit !== undefined)
}

const keyOf = ({ case: name, contender = "", field = "value", measure }) => `${measure} ${name} ${contender} ${field}`

let held = 0
const broken = []
if (!isCurrent())
  broken.push("docs/performance.md says something else than benchmarks/results/latest.json: npm run bench writes both")
for (const [measure, expected] of gated) {
  if (wanted.length > 0 && !wanted.includes(measure)) continue
  const open = new Map()
  const passed = new Set()
  for (let tried = 1; tried <= tries; tried++) {
    const seen = await attempt(measure)
    if (seen.length !== expected) broken.push(`${measure}: ${seen.length} of its ${expected} bars have a figure`)
    for (const { bar, limit } of seen) {
      const key = keyOf(bar)
      const ok = meets(bar.found, limit)
      if (ok && !bar.exact) open.delete(key)
      if (ok) passed.add(key)
      else if (bar.exact || !passed.has(key)) open.set(key, { exact: bar.exact, says: sayGate(bar, limit) })
    }
    const failed = [...open.values()]
    if (failed.length === 0 || failed.some(({ exact }) => exact)) break
    if (tried < tries) for (const { says } of failed) console.log(`once more: ${says}`)
  }
  for (const { says } of open.values()) broken.push(says)
  held += [...passed].filter((key) => !open.has(key)).length
}

for (const says of broken) console.log(`broken: ${says}`)
console.log(`${held} bars held, ${broken.length} broken`)
process.exit(broken.length === 0 && held > 0 ? 0 : 1)
