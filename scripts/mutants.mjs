// `npm run test:mutants`: removes each guard of the engine, one at a time, in a copy of the sources, and expects a
// test to fail. A guard that nobody misses fails the run, and so does one whose text is not found: it has moved.
// `npm run test:mutants -- I-4 I-12` runs those. A whole run writes scripts/guards.json, which
// scripts/guarantees.mjs puts into docs/guarantees.md.
import { spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

const folder = resolve(".cache/mutants")
const workers = 2
const only = process.argv.slice(2)
const guards = JSON.parse(readFileSync("scripts/mutants.json", "utf8")).filter(
  ({ holds }) => only.length === 0 || only.includes(holds)
)

/** A copy of all that the engine's tests need, beside the real node_modules. */
const copyTo = (home) => {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(join(home, "packages"), { recursive: true })
  for (const name of ["vitest.workspace.ts", "vitest.config.ts", "package.json", "tsconfig.base.json", "scripts"]) {
    cpSync(name, join(home, name), { recursive: true })
  }
  for (const name of ["linxio-effect", "linxio-testing", "linxio-js"]) {
    const leaveOut = /packages\/[\w-]+\/(dist|build|\.test-types)(\/|$)/
    cpSync(`packages/${name}`, join(home, "packages", name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leaveOut.test(source)
    })
  }
  symlinkSync(resolve("node_modules"), join(home, "node_modules"))
}

/** The names of the tests that fail, from vitest's own report. */
const failing = (home) =>
  new Promise((done) => {
    const report = join(home, "report.json")
    rmSync(report, { force: true })
    const args = ["run", "--project", "linxio-effect", "--bail", "1", "--reporter", "json", "--outputFile", report]
    const child = spawn("node_modules/.bin/vitest", args, {
      cwd: home,
      stdio: "ignore",
      env: { ...process.env, LINXIO_MODEL_RUNS: "40", LINXIO_MODEL_SEED: "1" }
    })
    const hung = setTimeout(() => child.kill("SIGKILL"), 90_000)
    child.on("exit", (code) => {
      clearTimeout(hung)
      if (!existsSync(report)) return done({ code, tests: code === 0 ? [] : ["(the run did not end: a caller hangs)"] })
      const { testResults } = JSON.parse(readFileSync(report, "utf8"))
      const tests = testResults.flatMap((file) => file.assertionResults)
      const failed = tests.filter(({ status }) => status === "failed").map(({ title }) => title)
      const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0)
      done({ code, count: tests.length, tests: failed, broken: broken.map(({ message }) => message) })
    })
  })

const homes = Array.from({ length: workers }, (_, index) => join(folder, String(index)))
homes.forEach(copyTo)
const healthy = await failing(homes[0])
if (healthy.code !== 0 || !(healthy.count > 0)) {
  console.error("mutants: the tests must pass before guards are removed", healthy)
  process.exit(1)
}

const results = []
const problems = []
const queue = [...guards]
await Promise.all(
  homes.map(async (home) => {
    for (let guard = queue.shift(); guard; guard = queue.shift()) {
      const file = join(home, "packages/linxio-effect/src", guard.file)
      const text = readFileSync(file, "utf8")
      if (text.split(guard.find).length !== 2) {
        problems.push(`${guard.holds} ${guard.guard}: its text is not found exactly once in ${guard.file}`)
        continue
      }
      writeFileSync(
        file,
        text.replace(guard.find, () => guard.replace)
      )
      const { broken = [], tests } = await failing(home)
      writeFileSync(file, text)
      const [killer] = tests
      if (broken.length > 0 && killer === undefined)
        problems.push(`${guard.holds} ${guard.guard}: the mutant does not load: ${broken[0]}`)
      else if (killer === undefined) problems.push(`${guard.holds} ${guard.guard}: no test misses it`)
      else results.push({ ...guard, killer })
      console.log(
        `${killer ? "killed  " : "SURVIVED"} ${guard.holds.padEnd(5)} ${guard.guard}${killer ? `\n           by: ${killer}` : ""}`
      )
    }
  })
)
rmSync(folder, { recursive: true, force: true })
if (only.length === 0 && problems.length === 0) {
  const order = ({ guard }) => guards.findIndex((known) => known.guard === guard)
  const table = results
    .sort((a, b) => order(a) - order(b))
    .map(({ guard, holds, killer }) => ({ guard, holds, killer }))
  writeFileSync("scripts/guards.json", `${JSON.stringify(table, null, 2)}\n`)
}
for (const problem of problems) console.error(`mutants: ${problem}`)
console.log(`${results.length} of ${guards.length} guards are missed by a test when they are removed`)
process.exit(problems.length === 0 && guards.length > 0 ? 0 : 1)
