// `npm run check` runs every check below and prints one line for each; `npm run check -- lint docs` runs those two.
// No check may pass by checking nothing: each must say how many things it looked at, and that number must not be 0.
import { spawnSync } from "node:child_process"
import { delimiter, resolve } from "node:path"

const script = (name, ...args) => ["node", `scripts/${name}.mjs`, ...args]

/** name, command, the number of things it looked at */
const checks = [
  ["types", script("check-types"), /^(\d+) files/m],
  ["bundle", script("bundle"), /types ([\d.]+) kB/],
  [
    "effect",
    ["effect-tsgo", "diagnostics", "--project", "tsconfig.json", "--format", "text", "--strict"],
    /Checked (\d+) files/
  ],
  ["lint", ["oxlint", "--type-aware", "--deny-warnings"], /on (\d+) files/],
  ["imports", script("check-imports"), /^(\d+) modules/m],
  ["format", ["oxfmt", "--check"], /on (\d+) files/],
  ["unused", ["knip", "--reporter", "symbols", "--reporter", "./scripts/knip-count.mjs"], /^(\d+) files/m],
  ["packages", script("check-packages"), /^(\d+) entry points/m],
  ["consumers", script("check-consumers"), /^(\d+) consumers/m],
  ["openapi", script("openapi", "--check"), /^(\d+) operations/m],
  ["docs", script("check-docs"), /^(\d+) code blocks/m],
  ["site", script("docs", "--check"), /^(\d+) pages/m],
  ["guarantees", script("guarantees", "--check"), /^(\d+) guarantees/m],
  ["bench", ["node", "benchmarks/gate.mjs"], /^(\d+) bars held/m],
  ["changeset", script("check-changeset"), /^(\d+) changesets/m]
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some(([known]) => known === name))
if (unknown.length > 0) {
  console.error(`There is no check named ${unknown.join(", ")}; there are ${checks.map(([name]) => name).join(", ")}.`)
  process.exit(1)
}

const env = { ...process.env, PATH: resolve("node_modules/.bin") + delimiter + process.env.PATH, NO_COLOR: "1" }
delete env.FORCE_COLOR
const failed = []
for (const [name, [command, ...args], count] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const result = spawnSync(command, args, {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 28
  })
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error ? `${result.error}\n` : ""}`
  const seen = Number(count.exec(output)?.[1] ?? 0)
  const passed = result.status === 0 && seen > 0
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`
  const line = output.split("\n").find((text) => count.test(text)) ?? ""
  console.log(`${passed ? "ok  " : "FAIL"}  ${name.padEnd(10)} ${time.padStart(7)}  ${line.trim()}`)
  if (!passed) {
    failed.push(name)
    console.log(output.replaceAll(/^/gm, "      ").trimEnd())
    if (result.status === 0) console.log(`      ${name} looked at nothing, which is not a pass.`)
  }
}
if (failed.length > 0) console.log(`Failed: ${failed.join(", ")}. Once more: npm run check -- ${failed.join(" ")}`)
process.exit(failed.length === 0 ? 0 : 1)
