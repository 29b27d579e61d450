// A knip reporter: says how many files were looked at, and fails when a setting hides some of them from knip.
import { readdirSync } from "node:fs"

const folders = [
  "scripts",
  "scripts/docs",
  ...readdirSync("packages").flatMap((name) => [`packages/${name}/src`, `packages/${name}/test`])
]

export default function count({ counters }) {
  const files = folders.flatMap((folder) =>
    // Not into scripts/docs/node_modules: reading follows its links.
    readdirSync(folder, { recursive: folder.startsWith("packages/"), encoding: "utf8" })
  )
  const expected = files.filter((file) => /\.(ts|mjs)$/.test(file)).length
  if (counters.total < expected) {
    console.log(`knip looked at ${counters.total} of ${expected} files; see "ignore" and "project" in knip.json`)
    process.exitCode = 1
  } else console.log(`${counters.total} files`)
}
