// Keeps docs/guarantees.md true: every invariant names the tests that passed for it, every guard the test that misses
// it. Reads what the last `npm test` and `npm run test:mutants` left; `--check` writes nothing and fails when the page
// is stale or a guarantee has no test.
import { existsSync, readFileSync, writeFileSync } from "node:fs"

const page = "docs/guarantees.md"
const passedFile = ".cache/passed-tests.json"
const guardsFile = "scripts/guards.json"
const check = process.argv.includes("--check")
const problems = []

if (!existsSync(passedFile)) {
  console.error(`guarantees: run npm test first; it writes ${passedFile}`)
  process.exit(1)
}
const passed = JSON.parse(readFileSync(passedFile, "utf8"))
const guards = existsSync(guardsFile) ? JSON.parse(readFileSync(guardsFile, "utf8")) : []
const cell = (text) => text.replaceAll("|", "\\|")
const shown = 3

let invariants = 0
let named = 0
const before = readFileSync(page, "utf8")
const [promises = "", ...rest] = before.split(/(?=<!-- guards -->)/)
const namedPromises = promises.replace(/^\| ([IS]-\d+) \| (.*?) \|.*\|$/gm, (_line, invariant, sentence) => {
  invariants++
  const tests = passed.filter((name) => new RegExp(`\\(.*\\b${invariant}\\b.*\\)$`).test(name)).sort()
  if (tests.length === 0) problems.push(`${invariant} has no passing test whose name ends with (${invariant})`)
  named += tests.length
  const more = tests.length > shown ? `<br>and ${tests.length - shown} more` : ""
  return `| ${invariant} | ${sentence} | ${tests.slice(0, shown).map(cell).join("<br>")}${more} |`
})
const withTests = [namedPromises, ...rest].join("")
if (invariants === 0) problems.push(`no guarantee was found in ${page}`)

for (const { guard, killer } of guards) {
  if (!passed.includes(killer)) problems.push(`the guard "${guard}" names a test that did not run or pass: ${killer}`)
}
const table = [
  "| | guard | missed by |",
  "| --- | --- | --- |",
  ...guards.map(({ guard, holds, killer }) => `| ${holds} | ${cell(guard)} | ${cell(killer)} |`)
].join("\n")
const after = withTests.replace(
  /<!-- guards -->[^]*<!-- \/guards -->/,
  () => `<!-- guards -->\n\n${table}\n\n<!-- /guards -->`
)

if (!check) writeFileSync(page, after)
else if (after !== before) problems.push(`${page} is stale: npm run guarantees writes it anew`)
for (const problem of problems) console.error(`guarantees: ${problem}`)
console.log(`${invariants} guarantees, ${named} tests, ${guards.length} guards`)
process.exit(problems.length === 0 ? 0 : 1)
