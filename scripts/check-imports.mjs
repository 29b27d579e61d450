// The rules of .dependency-cruiser.mjs, and one that it has no word for: no room holds more than a third of its package.
import "./node20.mjs"
import { readdirSync } from "node:fs"
import { cruise, format } from "dependency-cruiser"
import settings, { corridors } from "../.dependency-cruiser.mjs"

const { output: seen } = await cruise(["packages", "scripts", "benchmarks", "examples", "vitest.workspace.ts"], {
  ...settings.options,
  ruleSet: { forbidden: settings.forbidden },
  validate: true
})
const { exitCode, output } = await format(seen, { outputType: "err" })
const problems = []
const { totalCruised, totalDependenciesCruised } = seen.summary

for (const name of Object.keys(corridors)) {
  const root = `packages/${name}/src/`
  const files = readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".ts"))
  const own = seen.modules.filter(({ source }) => source.startsWith(root))
  if (own.length !== files.length) problems.push(`${own.length} of the ${files.length} modules of ${root} were read`)
  if (!own.some(({ dependencies }) => dependencies.length > 0)) problems.push(`${root}: not one import was read`)
  const rooms = Map.groupBy(own, ({ source }) => source.slice(root.length).split("/").slice(0, -1)[0])
  for (const [room, { length }] of rooms)
    if (room && length > own.length / 3)
      problems.push(`${root}${room} holds ${length} of ${own.length} modules: more than a third`)
}

console.log([output.trim(), ...problems].join("\n"))
console.log(`${totalCruised} modules, ${totalDependenciesCruised} imports`)
process.exitCode = exitCode > 0 || problems.length > 0 ? 1 : 0
