// A hand-written module fits on a few screens. Longer means that two concepts share a file.
import { readdirSync, readFileSync } from "node:fs"

/** folder, aim, limit */
const rules = [
  ["packages/linxio-effect/src", 200, 260],
  ["packages/linxio-js/src", 200, 260],
  ["packages/linxio-testing/src", 200, 260],
  ["packages/linxio-effect/test", 300, 400],
  ["packages/linxio-js/test", 300, 400],
  ["packages/linxio-testing/test", 300, 400],
  ["scripts", 120, 200],
  ["benchmarks", 120, 200],
  ["scripts/docs", 120, 200]
]

let modules = 0
const long = []
const problems = []
for (const [folder, aim, limit] of rules) {
  // Not into scripts/docs/node_modules: reading follows its links.
  const recursive = folder.startsWith("packages/")
  const files = readdirSync(folder, { recursive, encoding: "utf8" }).filter((name) => /\.m?ts$|\.mjs$/.test(name))
  if (files.length === 0) problems.push(`${folder}: no file was read`)
  for (const file of files) {
    modules++
    const lines = readFileSync(`${folder}/${file}`, "utf8").trimEnd().split("\n").length
    if (lines > limit) problems.push(`${folder}/${file} has ${lines} lines; the limit is ${limit}`)
    else if (lines > aim) long.push(`${folder}/${file} (${lines})`)
  }
}
for (const problem of problems) console.log(problem)
console.log(`${modules} modules${long.length > 0 ? `, above the aim: ${long.join(", ")}` : ""}`)
process.exit(problems.length === 0 ? 0 : 1)
