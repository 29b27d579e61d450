/** The examples, run as their readers would run them: each in its own runner, against the built packages. */
import { execFile } from "node:child_process"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it, onTestFinished } from "vitest"
import { missing, skipped } from "./chromium.ts"

const folder = fileURLToPath(new URL("../examples", import.meta.url))
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs")

/** As in vitest.workspace.ts: how long an example takes on a busy machine says nothing about it. */
const limits = ["--testTimeout=120000", "--hookTimeout=120000"]

/** What this runner tells its own workers is none of the next runner's business. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_TEST|FORCE_COLOR)/.test(name))),
  NO_COLOR: "1"
}

const runIn = (env: NodeJS.ProcessEnv, ...args: ReadonlyArray<string>) =>
  new Promise<{ readonly code: unknown; readonly printed: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, printed: stdout + stderr })
    )
  })

const run = (...args: ReadonlyArray<string>) => runIn(env, ...args)

const runners: ReadonlyArray<readonly [name: string, args: ReadonlyArray<string>, proof: RegExp]> = [
  ["vitest with @effect/vitest", [vitest, "run", "effect", ...limits], /Tests +1 passed \(1\)/],
  ["plain vitest", [vitest, "run", "promise", ...limits], /Tests +1 passed \(1\)/],
  ["node:test", ["--test", "node.test.mjs"], /^# pass 1$[^]*^# fail 0$/m]
]

it.each(runners)("the example for %s passes", async (_, args, proof) => {
  const { code, printed } = await run(...args)
  expect(printed).toMatch(proof)
  expect(code).toBe(0)
})

it.skipIf(missing !== "")(`the example for a page in a browser passes${skipped}`, async () => {
  const { code, printed } = await run(vitest, "run", "browser", ...limits)
  expect(printed).toMatch(/Tests +1 passed \(1\)/)
  expect(code).toBe(0)
})

it("the example for a page in a browser says why it is skipped where there is none", async () => {
  const { code, printed } = await runIn(
    { ...env, CHROMIUM: "/nowhere" },
    vitest,
    "run",
    "browser",
    "--reporter=verbose"
  )
  expect(printed).toMatch(/skipped: no Chromium at \/nowhere[^]*Tests +1 skipped \(1\)/)
  expect(code).toBe(0)
})

it("an example that fails prints the timeline", async () => {
  const types = fileURLToPath(new URL("../.test-types", import.meta.url))
  await mkdir(types, { recursive: true })
  const room = await mkdtemp(join(types, "failing-"))
  onTestFinished(() => rm(room, { recursive: true }))
  for (const name of ["effect.test.ts", "promise.test.ts", "job.ts"]) {
    const content = await readFile(join(folder, name), "utf8")
    await writeFile(
      join(room, name),
      content.replace("fake.refreshes, 1", "fake.refreshes, 7").replace("toBe(1)", "toBe(7)")
    )
  }
  const { code, printed } = await run(
    vitest,
    "run",
    "--root",
    room,
    "--config",
    join(folder, "vitest.config.ts"),
    ...limits
  )
  expect(code).toBe(1)
  const stories = printed.match(/#1 +POST \/login[^]*?refresh token r1 +200\n.* valid token 1\.2 +200/g)
  expect(stories, printed).toHaveLength(2)
})
