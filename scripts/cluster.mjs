// `npm run test:cluster`: processes that share one session in each kind of store, and are killed; then tabs of a browser.
// `-- --short` for CI, `-- --only redis --seconds 60 --processes 8 --seed 7` for one of them.
import { parseArgs } from "node:util"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { engines } from "./cluster/engines.mjs"
import { run } from "./cluster/run.mjs"
import { tabs } from "./cluster/tabs.mjs"
import { table } from "./cluster/table.mjs"

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    seconds: { type: "string" },
    processes: { type: "string" },
    seed: { type: "string", default: "1" }
  }
})
const seconds = Number(values.seconds ?? (values.short ? 8 : 20))
const processes = Number(values.processes ?? (values.short ? 4 : 8))

const abort = new AbortController()
for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => abort.abort())

/** Which process is killed when can be repeated; what they do meanwhile cannot. */
const randomOf = (seed) => {
  const random = Effect.runSync(
    Random.withSeed(
      Effect.withFiber((fiber) => Effect.succeed(fiber.getRef(Random.Random))),
      seed
    )
  )
  return () => random.nextDoubleUnsafe()
}

const withEngine = (start, losesAll) => async (seed) => {
  const engine = await start()
  if (engine.missing) return engine
  try {
    return await run({ engine, losesAll, processes, random: randomOf(seed), seconds, signal: abort.signal })
  } finally {
    await engine.stop()
  }
}

const scenarios = {
  file: withEngine(engines.file),
  redis: withEngine(engines.redis),
  "redis, emptied": withEngine(engines.redis, true),
  postgres: withEngine(engines.postgres),
  sqlite: withEngine(engines.sqlite),
  "5 tabs": () => tabs({ expiries: values.short ? 6 : 20, signal: abort.signal })
}

const unknown = values.only.filter((name) => !(name in scenarios))
if (unknown.length > 0 || !(seconds > 0) || !(processes > 1)) {
  const names = Object.keys(scenarios).join(", ")
  console.error(`Give --only one of ${names}; --seconds more than 0, --processes more than 1.`)
  process.exit(1)
}
const queue = Object.keys(scenarios).filter((name) => values.only.length === 0 || values.only.includes(name))

// Whatever hangs: a run has to end by itself, and every process ends when this one does.
const longestMs = (queue.length + 1) * (seconds + 90) * 1_000
setTimeout(() => {
  console.error(`It did not end within ${longestMs / 1_000} s.`)
  process.exit(1)
}, longestMs).unref()

const rows = []
const lane = async () => {
  for (let name = queue.shift(); name && !abort.signal.aborted; name = queue.shift()) {
    const seed = Number(values.seed)
    rows.push({
      name,
      ...(await scenarios[name](seed).catch((error) => ({ faults: [String(error?.stack ?? error)] })))
    })
  }
}
// Most of the time is spent in waiting, so that short runs go side by side.
await Promise.all(Array.from({ length: values.short ? 3 : 1 }, lane))

console.log(table(rows))
const failed = rows.filter(({ faults = [], lethal = 0, reuses = 0 }) => faults.length > 0 || reuses > lethal)
for (const { faults = [], lethal, name, reuses, story = [] } of failed) {
  console.log(`FAIL  ${name}: ${reuses} tokens spent twice, ${lethal} may be; other faults: ${faults.length}`)
  for (const line of [...faults.slice(0, 10), ...story]) console.log(`      ${line}`)
}
for (const { missing, name } of rows) if (missing) console.log(`skip  ${name}: ${missing}`)
console.log(`${rows.length - failed.length} scenarios passed, ${failed.length} failed (seed ${values.seed})`)
process.exit(failed.length === 0 && !abort.signal.aborted ? 0 : 1)
