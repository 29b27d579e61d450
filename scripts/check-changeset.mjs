// A change of behaviour comes with a changeset: a file in .changeset/ that tells users what changed.
// Changed since when? Since the last release (the last commit that wrote a changelog), or since the branch left main.
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"

const git = (...args) => {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" })
  return status === 0 ? stdout.trim() : ""
}
const lines = (text) => text.split("\n").filter(Boolean)
const isSource = (file) => /^packages\/[^/]+\/(src\/|package\.json$)/.test(file)
const problems = []

const { fixed } = JSON.parse(readFileSync(".changeset/config.json", "utf8"))
const known = fixed.flat()
const pending = readdirSync(".changeset").filter((file) => file.endsWith(".md") && file !== "README.md")
for (const file of pending) {
  const [, head = "", text = ""] = readFileSync(`.changeset/${file}`, "utf8").split(/^---\s*$/m)
  for (const line of lines(head)) {
    const name = /^"?([^":]+)"?: (major|minor|patch)$/.exec(line.trim())?.[1]
    if (!known.includes(name)) problems.push(`.changeset/${file}: "${line.trim()}" names no package of this repository`)
  }
  if (text.trim() === "") problems.push(`.changeset/${file} does not say what changed`)
}

const release = git("log", "-1", "--format=%H", "--", "packages/*/CHANGELOG.md")
const changed = lines(release ? git("diff", "--name-only", release) : git("ls-files", "packages")).filter(isSource)
if (changed.length > 0 && pending.length === 0)
  problems.push(`${changed[0]} and others changed since the last release, and .changeset/ has no word about it`)

const base = ["origin/main", "main"].map((name) => git("merge-base", name, "HEAD")).find(Boolean)
if (base && base !== git("rev-parse", "HEAD")) {
  const onBranch = lines(git("diff", "--name-only", base))
  if (onBranch.some(isSource) && !onBranch.some((file) => /^\.changeset\/.+\.md$/.test(file)))
    problems.push("this branch changes a package and brings no changeset; write one with: npx changeset")
}

for (const problem of problems) console.log(problem)
// Just after a release there is nothing pending: the changelogs are what was looked at then.
console.log(
  `${pending.length + lines(git("ls-files", "packages/*/CHANGELOG.md")).length} changesets or changelogs, ${changed.length} files changed since the last release`
)
process.exit(problems.length === 0 ? 0 : 1)
