// Compiles all blocks in one go, and runs them against an embedded Linxio, two at a time.
import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { problemsOfReport } from "./run-report.mjs"

const folder = ".snippets"

const compilerOptions = {
  outDir: "out",
  rootDir: ".",
  composite: false,
  declaration: false,
  declarationMap: false,
  sourceMap: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  skipLibCheck: true,
  lib: ["ES2022", "ESNext.Disposable", "DOM", "DOM.Iterable"],
  types: ["node"]
}

/** What the compiler says of the blocks, or nothing. A block keeps its line numbers: (34,5) in README.12.mts is line 34 of README.md. */
export const compile = (blocks) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { code, line, name } of blocks)
    writeFileSync(join(folder, `${name}.mts`), `${"\n".repeat(line)}${code.join("\n")}\n`)
  const settings = { extends: "../tsconfig.base.json", compilerOptions, include: ["*.mts"] }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings))
  const types = spawnSync("tsc", ["-p", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  return types.status === 0 ? [] : [`the blocks do not type-check:\n${types.stdout}${types.stderr}`]
}

const start = (args, env) =>
  new Promise((done) => {
    const child = spawn("node", args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 })
    let printed = ""
    let complaints = ""
    child.stdout.on("data", (data) => (printed += data))
    child.stderr.on("data", (data) => (complaints += data))
    child.on("close", (code, signal) => done({ printed, complaints, end: signal ?? code }))
  })

const compiled = (block) => join("out", `${block.name}.mjs`)

const lines = (text) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim())

/** A block that promises output prints exactly that, and no block fails. */
const problemOf = (block, { printed, complaints, end }) => {
  const at = `${block.file}:${block.line}`
  if (end !== 0) return [`${at} ended with ${end}:\n${printed}${complaints}`]
  const expected = block.code.flatMap((line) => /\/\/ => (.*)$/.exec(line)?.[1].trim() ?? [])
  if (expected.length === 0 || expected.join("\n") === lines(printed).join("\n")) return []
  return [`${at} promises\n${expected.join("\n")}\nand prints\n${lines(printed).join("\n")}`]
}

/** Examples are small and many: they share a process. */
const runExamples = async (blocks, env) => {
  if (blocks.length === 0) return []
  const { printed, complaints, end } = await start(
    [resolve("scripts/docs/run-examples.mjs"), ...blocks.map(compiled)],
    env
  )
  const outcomes = printed.trim().split("\n")
  if (end !== 0 || outcomes.length !== blocks.length)
    return [`the examples ended with ${end}:\n${printed}${complaints}`]
  return outcomes.flatMap((line, index) => {
    const outcome = JSON.parse(line)
    return problemOf(blocks[index], { ...outcome, end: outcome.complaints === "" ? 0 : "an error" })
  })
}

/** What went wrong with the blocks that are to be run. A block of a page has a process of its own: it must end by itself. */
export const run = async (blocks) => {
  const { FakeLinxio } = await import("linxio-testing")
  const account = { email: "driver@example.com", password: "correct horse battery staple" }
  const server = await FakeLinxio.serve({ accounts: [account] })
  const env = {
    ...process.env,
    LINXIO_BASE_URL: server.baseUrl,
    LINXIO_EMAIL: account.email,
    LINXIO_PASSWORD: account.password
  }
  // Examples may begin with a session that was saved; pages show how to get one.
  const login = await fetch(`${server.baseUrl}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account)
  })
  const { refreshToken, token } = await login.json()
  const signedIn = { ...env, LINXIO_TOKEN: token, LINXIO_REFRESH_TOKEN: refreshToken }
  const isExample = ({ file }) => file.endsWith(".ts")
  const waiting = blocks.filter((block) => !isExample(block))
  const problems = []
  const worker = async () => {
    for (let block = waiting.shift(); block; block = waiting.shift())
      problems.push(...problemOf(block, await start([compiled(block)], env)))
  }
  // Two processes at a time: one for pages, one for the examples and then for pages too.
  const examples = async () => problems.push(...(await runExamples(blocks.filter(isExample), signedIn)))
  await Promise.all([worker(), examples().then(worker)])
  await server.close()
  const report = blocks.find(({ file }) => file === "examples/utilisation-report.ts")
  if (report) problems.push(...(await problemsOfReport(compiled(report), start)))
  return problems
}
