// `npm run test:mutants`: removes each guard of the engine, one at a time, in a copy of the sources, and expects a
// test to fail. A guard that nobody misses fails the run, and so does one whose text is not found: it has moved.
// `npm run test:mutants -- I-4 I-12` runs those. A whole run writes scripts/guards.json, which
// scripts/guarantees.mjs puts into docs/guarantees.md.
import { spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

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

/** Loading a test file takes longer than its tests do, so only those are loaded that name the invariant, in one room or in all. */
const filesNaming = (home, invariant, room) => {
  const tests = join(home, "packages/linxio-effect/test", room)
  if (!existsSync(tests)) return []
  return readdirSync(tests, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join(tests, file))
    .filter((file) => new RegExp(`\\b(${invariant})\\b`).test(readFileSync(file, "utf8")))
}

/** Runs all tests of the engine, or those that name an invariant: how many ran, and which failed. */
const run = (home, invariant, room = ".") =>
  new Promise((done) => {
    const report = join(home, "report.json")
    rmSync(report, { force: true })
    const args = ["run", "--project", "linxio-effect", "--reporter", "json", "--outputFile", report, "--bail", "1"]
    if (invariant) args.push(...filesNaming(home, invariant, room), "--testNamePattern", `\\b(${invariant})\\b`)
    // A test that hangs fails by its name, long before the run is given up.
    const env = {
      ...process.env,
      LINXIO_TEST_LIMIT_MS: "20000",
      LINXIO_MODEL_RUNS: "40",
      LINXIO_MODEL_SEED: "1",
      LINXIO_SHARING_RUNS: "60"
    }
    const child = spawn("node_modules/.bin/vitest", args, { cwd: home, stdio: "ignore", env })
    const hung = setTimeout(() => child.kill("SIGKILL"), invariant ? 120_000 : 600_000)
    child.on("exit", (code) => {
      clearTimeout(hung)
      if (!existsSync(report)) return done({ ran: 0, failed: code === 0 ? [] : ["(the run hangs)"], broken: [] })
      const { testResults } = JSON.parse(readFileSync(report, "utf8"))
      const titles = (wanted) =>
        testResults
          .flatMap((file) => file.assertionResults.filter(({ status }) => status === wanted))
          .map(({ title }) => title)
      const broken = testResults
        .filter((file) => file.status === "failed" && file.message)
        .map(({ message }) => message)
      const failed = titles("failed")
      done({ ran: failed.length + titles("passed").length, failed, broken })
    })
  })

const homes = Array.from({ length: workers }, (_, index) => join(folder, String(index)))
homes.forEach(copyTo)
const healthy = await run(homes[0], only.join("|"))
if (healthy.failed.length > 0 || healthy.broken.length > 0 || healthy.ran === 0) {
  console.error("mutants: the tests must pass before guards are removed", healthy)
  process.exit(1)
}

const results = []
const problems = []
const queue = [...guards]
const workThrough = async (home) => {
  for (let guard = queue.shift(); guard; guard = queue.shift()) {
    const file = join(home, "packages/linxio-effect/src", guard.file)
    const text = readFileSync(file, "utf8")
    const name = `${guard.holds.padEnd(5)} ${guard.guard}`
    if (text.split(guard.find).length !== 2) {
      problems.push(`${name}: its text is not found exactly once in ${guard.file}`)
      continue
    }
    writeFileSync(
      file,
      text.replace(guard.find, () => guard.replace)
    )
    // A test that names the invariant should miss the guard, one of the same room first; where none does, any other test will do.
    const room = dirname(guard.file)
    const hasRoom = room !== "." && filesNaming(home, guard.holds, room).length > 0
    const attempts = [...(hasRoom ? [[guard.holds, room]] : []), [guard.holds], []]
    let outcome = { failed: [], broken: [] }
    while (outcome.failed.length === 0 && outcome.broken.length === 0 && attempts.length > 0)
      outcome = await run(home, ...attempts.shift())
    writeFileSync(file, text)
    const [killer] = outcome.failed
    if (killer !== undefined) results.push({ ...guard, killer })
    else problems.push(`${name}: ${outcome.broken[0] ?? "no test misses it"}`)
    console.log(killer === undefined ? `SURVIVED ${name}` : `killed   ${name}\n         by: ${killer}`)
  }
}
await Promise.all(homes.map(workThrough))
rmSync(folder, { recursive: true, force: true })
if (only.length === 0 && problems.length === 0) {
  const inOrder = guards.map(({ guard }) => results.find((result) => result.guard === guard))
  const table = inOrder.map(({ guard, holds, killer }) => ({ guard, holds, killer }))
  writeFileSync("scripts/guards.json", `${JSON.stringify(table, null, 2)}\n`)
}
for (const problem of problems) console.error(`mutants: ${problem}`)
console.log(`${results.length} of ${guards.length} guards are missed by a test when they are removed`)
process.exit(problems.length === 0 && guards.length > 0 ? 0 : 1)
