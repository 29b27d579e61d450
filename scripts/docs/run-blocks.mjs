// Compiles all blocks in one go, and runs them against an embedded Linxio, two at a time.
import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

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
  return types.status === 0 ? undefined : `the blocks do not type-check:\n${types.stdout}${types.stderr}`
}

const start = (block, env) =>
  new Promise((done) => {
    const child = spawn("node", [join("out", `${block.name}.mjs`)], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 30_000
    })
    let printed = ""
    let complaints = ""
    child.stdout.on("data", (data) => (printed += data))
    child.stderr.on("data", (data) => (complaints += data))
    child.on("close", (code, signal) => done({ printed, complaints, code, signal }))
  })

const lines = (text) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim())

/** A block may end well or not at all; where it promises output, it prints exactly that. */
const problemOf = async (block, env) => {
  const at = `${block.file}:${block.line}`
  const { printed, complaints, code, signal } = await start(block, env)
  if (code !== 0) return `${at} ended with ${signal ?? code}:\n${printed}${complaints}`
  const expected = block.code.flatMap((line) => /\/\/ => (.*)$/.exec(line)?.[1].trim() ?? [])
  if (expected.length === 0 || expected.join("\n") === lines(printed).join("\n")) return undefined
  return `${at} promises\n${expected.join("\n")}\nand prints\n${lines(printed).join("\n")}`
}

/** What went wrong with the blocks that are to be run. */
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
  const waiting = [...blocks]
  const problems = []
  const worker = async () => {
    for (let block = waiting.shift(); block; block = waiting.shift()) problems.push(await problemOf(block, env))
  }
  await Promise.all([worker(), worker()])
  await server.close()
  return problems.filter((problem) => problem !== undefined)
}
