// `npm run test:runtimes`: one suite of behaviours, against the packed linxio-js, in every runtime that the README names.
// `-- --only deno` runs it there alone, `-- --without chromium` everywhere else. A runtime that cannot be had is a failure.
import { cpSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { FakeLinxio } from "linxio-testing"
import { chromium } from "./runtimes/chromium.mjs"
import { packedApp } from "./runtimes/packed.mjs"
import { bun, deno, node, thisNode } from "./runtimes/processes.mjs"
import { behaviours } from "../packages/linxio-js/test/runtimes/run.mjs"
import { accounts } from "../packages/linxio-js/test/runtimes/world.mjs"
import { workerd } from "./runtimes/workerd.mjs"

const runtimes = {
  "node20.19": node("node20.19"),
  node20: thisNode("node20"),
  node22: node("node22"),
  node24: node("node24"),
  node26: node("node26"),
  bun,
  deno,
  workerd,
  chromium
}

const many = { type: "string", multiple: true, default: [] }
const { only, without } = parseArgs({ options: { only: many, without: many } }).values
const unknown = [...only, ...without].filter((name) => !(name in runtimes))
if (unknown.length > 0) {
  console.error(`There is no runtime ${unknown.join(", ")}; there are ${Object.keys(runtimes).join(", ")}.`)
  process.exit(1)
}
const wanted = Object.keys(runtimes).filter((name) => !without.includes(name) && (!only.length || only.includes(name)))

const { room } = packedApp()
cpSync("packages/linxio-js/test/runtimes", join(room, "suite"), { recursive: true })

/** What a runtime did, with every behaviour of the suite in it: one that did not run has failed. */
async function prove(name) {
  const fake = await FakeLinxio.serve({ accounts: Object.values(accounts), rotation: true })
  try {
    const { results, version } = await runtimes[name]({ room, baseUrl: fake.baseUrl, fake })
    const ran = new Set(results.map((result) => result.name))
    const missing = behaviours.filter(([sentence]) => !ran.has(sentence))
    return {
      version,
      results: [...results, ...missing.map(([sentence]) => ({ name: sentence, problem: "it did not run" }))]
    }
  } catch (error) {
    return { version: "", results: [{ name: "it can be had and started", problem: String(error?.stack ?? error) }] }
  } finally {
    await fake.close()
  }
}

const total = { behaviours: 0, failed: 0 }
async function report(name) {
  const started = performance.now()
  const { results, version } = await prove(name)
  const failed = results.filter(({ problem }) => problem)
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`
  const outcome =
    failed.length > 0 ? `${failed.length} of ${results.length} behaviours failed` : `${results.length} behaviours`
  console.log(`${failed.length > 0 ? "FAIL" : "ok  "}  ${`${name} ${version}`.padEnd(22)} ${outcome} ${time}`)
  for (const { name: sentence, problem } of failed)
    console.log(`      ${sentence}\n${String(problem).trimEnd().replaceAll(/^/gm, "        ")}`)
  total.behaviours += results.length
  total.failed += failed.length
}

// The waits of the suite are most of its time, so a few runtimes go side by side; the longest begin.
const queue = wanted.toReversed()
const lane = async () => {
  for (let name = queue.shift(); name; name = queue.shift()) await report(name)
}
await Promise.all([lane(), lane(), lane()])
console.log(`${wanted.length} runtimes: ${total.behaviours - total.failed} behaviours passed, ${total.failed} failed`)
process.exitCode = wanted.length > 0 && total.failed === 0 ? 0 : 1
