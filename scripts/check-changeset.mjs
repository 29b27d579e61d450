// A change of behaviour comes with a changeset: since the last release (the last commit that wrote a changelog), and since the branch left
// main. What counts as a change is in .changeset/config.json.
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync } from "node:fs"

const git = (...args) => spawnSync("git", args, { encoding: "utf8" }).stdout.trim()
const changelogs = git("ls-files", "packages/*/CHANGELOG.md").split("\n").filter(Boolean)
const begin = git("rev-list", "--max-parents=0", "HEAD").split("\n").at(-1)
const release = git("log", "-1", "--format=%H", "--", "packages/*/CHANGELOG.md") || begin
const branch = ["origin/main", "main"].map((name) => git("merge-base", name, "HEAD")).find(Boolean)

const output = ".cache/changesets.json"
mkdirSync(".cache", { recursive: true })
let pending = 0
for (const since of new Set([release, branch].filter(Boolean))) {
  const { status } = spawnSync("changeset", ["status", "--since", since, "--output", output], { stdio: "inherit" })
  if (status !== 0) process.exit(1)
  const { changesets } = JSON.parse(readFileSync(output, "utf8"))
  const silent = changesets.filter(({ summary }) => summary === "")
  for (const { id } of silent) console.log(`.changeset/${id}.md does not say what changed`)
  if (silent.length > 0) process.exitCode = 1
  pending = Math.max(pending, changesets.length)
}
// Just after a release there is nothing pending: the changelogs are what was looked at then.
console.log(`${pending + changelogs.length} changesets or changelogs`)
