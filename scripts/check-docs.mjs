// The code in README.md and docs/ is code: every ```ts block is type-checked against the built packages and run against
// an embedded Linxio. ```ts no-run blocks are type-checked only. What a block prints must equal its `// => value` comments.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

const folder = ".snippets"
const problems = []

const documents = [
  "README.md",
  ...["linxio-effect", "linxio-js", "linxio-testing"].map((name) => `packages/${name}/README.md`).filter(existsSync),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => join("docs", file))
]
const blocks = documents.filter((file) => file.endsWith(".md")).flatMap(blocksOf)

function blocksOf(file) {
  const found = []
  let open
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    const fence = /^\s*```(.*)$/.exec(line)?.[1].trim()
    if (open && fence === "") {
      if (open.kind) found.push(open)
      open = undefined
    } else if (open) open.code.push(line)
    else if (fence !== undefined) {
      const kind = /^ts( no-run)?$/.test(fence) ? fence : undefined
      if (!kind && /^(ts|tsx|typescript|js|javascript|mjs)\b/.test(fence))
        problems.push(`${file}:${index + 1}: write this block as \`\`\`ts or \`\`\`ts no-run, so that it is checked`)
      open = { file, line: index + 1, kind, code: [] }
    }
  }
  if (open) problems.push(`${file}:${open.line}: this block is never closed`)
  return found
}

// A block keeps its line numbers, so that an error at (34,5) in README.12.mts is at line 34 of README.md.
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const block of blocks) {
  block.name = `${block.file.replace(/\.md$/, "").replaceAll(/[\\/]/g, ".")}.${block.line}`
  writeFileSync(join(folder, `${block.name}.mts`), `${"\n".repeat(block.line)}${block.code.join("\n")}\n`)
}
const compilerOptions = {
  outDir: "out",
  rootDir: ".",
  composite: false,
  declaration: false,
  declarationMap: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  skipLibCheck: true,
  lib: ["ES2022", "ESNext.Disposable", "DOM", "DOM.Iterable"],
  types: ["node"]
}
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({ extends: "../tsconfig.base.json", compilerOptions, include: ["*.mts"] })
)

if (blocks.length === 0) problems.push("not one ts block was found in README.md and docs/")
else {
  const types = spawnSync("tsc", ["-p", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  if (types.status !== 0) problems.push(`the blocks do not type-check:\n${types.stdout}${types.stderr}`)
}

function run(block, env) {
  return new Promise((done) => {
    const child = spawn("node", [join(folder, "out", `${block.name}.mjs`)], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 20_000
    })
    let printed = ""
    let complaints = ""
    child.stdout.on("data", (data) => (printed += data))
    child.stderr.on("data", (data) => (complaints += data))
    child.on("close", (code, signal) => done({ printed, complaints, code, signal }))
  })
}

const runnable = blocks.filter((block) => block.kind === "ts")
if (problems.length === 0 && runnable.length > 0) {
  const { FakeLinxio } = await import("linxio-testing")
  if (typeof FakeLinxio?.serve !== "function") {
    console.log("linxio-testing does not export FakeLinxio.serve, so the blocks cannot be run")
    process.exit(1)
  }
  const account = { email: "driver@example.com", password: "correct horse battery staple" }
  const server = await FakeLinxio.serve({ accounts: [account] })
  const env = {
    ...process.env,
    LINXIO_BASE_URL: server.baseUrl,
    LINXIO_EMAIL: account.email,
    LINXIO_PASSWORD: account.password
  }
  for (const block of runnable) {
    const at = `${block.file}:${block.line}`
    const { printed, complaints, code, signal } = await run(block, env)
    if (code !== 0) problems.push(`${at} ended with ${signal ?? code}:\n${printed}${complaints}`)
    const expected = block.code.flatMap((line) => /\/\/ => (.*)$/.exec(line)?.[1].trim() ?? [])
    const actual = printed
      .trim()
      .split("\n")
      .map((line) => line.trim())
    if (code === 0 && expected.length > 0 && expected.join("\n") !== actual.join("\n"))
      problems.push(`${at} promises\n${expected.join("\n")}\nand prints\n${actual.join("\n")}`)
  }
  await server.close()
}

for (const problem of problems) console.log(problem.replaceAll(resolve("."), "."))
console.log(`${blocks.length} code blocks type-checked, ${runnable.length} run`)
process.exit(problems.length === 0 ? 0 : 1)
