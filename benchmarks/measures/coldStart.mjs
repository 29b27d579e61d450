/** What the first line of a program costs: a fresh process that imports a client and makes one, beyond a process that does nothing. */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { dist } from "../lib/clients.mjs"
import { median, quantile, shuffle } from "simple-statistics"

export const title = "Cold start: import and createClient in a fresh process, beyond an empty one"

const here = fileURLToPath(new URL("..", import.meta.url))

const ofModule = (code) => [
  "--input-type=module",
  "--eval",
  `${code}; process.stdout.write(String(process.memoryUsage().rss))`
]
const ofScript = (code) => [
  "--input-type=commonjs",
  "--eval",
  `${code}; process.stdout.write(String(process.memoryUsage().rss))`
]

const esm = process.env.BENCH_DIST ? dist : "linxio-js"
const options = `{ baseUrl: "https://linxio.test/api" }`
const baseline = (name) => ofModule(`import { make } from "./baselines/${name}.mjs"; make(${options})`)

/** The programs, each with the empty one that it is compared with. */
const programs = {
  "empty ESM": { args: ofModule("") },
  "empty CommonJS": { args: ofScript("") },
  handWritten: { args: baseline("handWritten"), empty: "empty ESM" },
  axios: { args: baseline("axios"), empty: "empty ESM" },
  ky: { args: baseline("ky"), empty: "empty ESM" },
  ofetch: { args: baseline("ofetch"), empty: "empty ESM" },
  "linxio-js": {
    args: ofModule(`import { createClient } from ${JSON.stringify(esm)}; createClient()`),
    empty: "empty ESM"
  },
  "linxio-js, CommonJS": { args: ofScript(`require("linxio-js").createClient()`), empty: "empty CommonJS" }
}

const start = (args) => {
  const started = performance.now()
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: here, encoding: "utf8", env: {} })
  const milliseconds = performance.now() - started
  if (status !== 0) throw new Error(`A program ended with ${status}: ${stderr.slice(0, 500)}`)
  return { milliseconds, megabytes: Number(stdout) / 1_000_000 }
}

export const run = async ({ quick }) => {
  const names = Object.keys(programs).filter((name) => !quick || !["axios", "ky", "ofetch"].includes(name))
  const seen = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -1; round < (quick ? 15 : 25); round++) {
    for (const name of shuffle(names)) {
      const one = start(programs[name].args)
      if (round >= 0) seen[name].push(one)
    }
  }
  return ["milliseconds", "megabytes"].flatMap((what) =>
    names
      .filter((name) => programs[name].empty !== undefined)
      .map((name) => {
        const own = seen[name].map((one) => one[what])
        const empty = seen[programs[name].empty].map((one) => one[what])
        const added = own.map((value, round) => value - empty[round])
        return {
          case: what === "milliseconds" ? "time" : "memory",
          contender: name,
          unit: what === "milliseconds" ? "ms" : "MB",
          value: median(added),
          q1: quantile(added, 0.25),
          q3: quantile(added, 0.75),
          least: Math.min(...own) - Math.min(...empty),
          ofEmpty: median(added) / median(empty),
          rounds: own.length
        }
      })
  )
}
