// Uses the packed linxio-js as its users will: compiled by three TypeScripts in every resolution, and bundled by Vite and esbuild;
// what comes out of a bundler is run against an embedded Linxio.
import { execFile } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { FakeLinxio } from "linxio-testing"
import { programOf } from "./runtimes/install.mjs"
import { packedApp } from "./runtimes/packed.mjs"

const run = promisify(execFile)
const { room } = packedApp()
const sources = resolve("scripts/runtimes/consumers")

/** An empty project with nothing but linxio-js in it. */
function project(name, files) {
  const folder = join(room, name)
  mkdirSync(join(folder, "node_modules"), { recursive: true })
  symlinkSync(join(room, "node_modules/linxio-js"), join(folder, "node_modules/linxio-js"))
  for (const file of files) cpSync(join(sources, file), join(folder, file))
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module" }))
  return folder
}

// Compilers. skipLibCheck is off, so they check our declarations; the compiler's own are not ours to check. `lib` and `types` are what projects have: a browser's, or those of Node.
const strict = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  target: "es2022",
  exactOptionalPropertyTypes: true
}
const surroundings = {
  dom: { lib: ["es2022", "dom"], types: [] },
  node: { lib: ["es2022"], types: ["node"], typeRoots: [resolve("node_modules/@types")] }
}
const resolutions = {
  bundler: { module: "esnext", moduleResolution: "bundler", files: ["use.mts"] },
  node16: { module: "node16", moduleResolution: "node16", files: ["use.mts", "use.cts"] },
  nodenext: { module: "nodenext", moduleResolution: "nodenext", files: ["use.mts", "use.cts"] }
}

async function compile(compiler, resolution, around) {
  const { files, ...module } = resolutions[resolution]
  const folder = project([compiler, resolution, around].join("-"), files)
  const compilerOptions = { ...strict, ...module, ...surroundings[around] }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }))
  const { program } = await programOf(compiler)
  await run(process.execPath, [program, "-p", folder])
}

// Bundlers.
const expected = JSON.stringify({
  before: [true, "LinxioAuthenticationError", "InvalidCredentials"],
  answer: { count: 3 }
})
const isExpected = (seen) => {
  if (JSON.stringify(seen) !== expected) throw new Error(`the bundle saw ${JSON.stringify(seen)}, and not ${expected}`)
}

/** Runs a file in a process of its own, which has to end by itself and to print nothing but what it saw. */
const seenBy = async (program) => {
  const { stderr, stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { timeout: 30_000 })
  if (stderr) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function vite(baseUrl) {
  const folder = project("vite", ["app.mjs"])
  writeFileSync(join(folder, "index.html"), '<!doctype html><script type="module" src="/app.mjs"></script>')
  const { program } = await programOf("vite")
  const { stderr } = await run(process.execPath, [program, "build", "--logLevel", "warn"], { cwd: folder })
  if (stderr) throw new Error(stderr)
  const built = readdirSync(join(folder, "dist/assets")).filter((file) => file.endsWith(".js"))
  const entry = pathToFileURL(join(folder, "dist/assets", String(built[0])))
  // Vite asks the document whether it knows module preloading; that is all it asks.
  isExpected(
    await seenBy(`globalThis.document = { createElement: () => ({ relList: { supports: () => true } }) }
      globalThis.linxioUrl = ${JSON.stringify(baseUrl)}
      await import(${JSON.stringify(entry)})
      console.log(JSON.stringify(await globalThis.visited))`)
  )
}

async function esbuild(baseUrl, target, flags) {
  const folder = project(`esbuild-${target}`, ["app.mjs"])
  const out = join(folder, "out.mjs")
  const args = ["app.mjs", "--bundle", "--minify", "--format=esm", "--log-level=warning", `--outfile=${out}`, ...flags]
  const { stderr } = await run(resolve("node_modules/.bin/esbuild"), args, { cwd: folder })
  if (stderr) throw new Error(stderr)
  const url = `https://worker.example.test/?linxio=${encodeURIComponent(baseUrl)}`
  isExpected(
    await seenBy(`const { default: worker } = await import(${JSON.stringify(pathToFileURL(out))})
      console.log(await (await worker.fetch(new Request(${JSON.stringify(url)}))).text())`)
  )
}

const fake = await FakeLinxio.serve()
const compilers = ["typescript5", "typescript6", "typescript7"]
const work = [
  ...compilers.flatMap((compiler) =>
    Object.keys(resolutions).map((resolution) => [
      `${compiler}, ${resolution}, with the DOM`,
      () => compile(compiler, resolution, "dom")
    ])
  ),
  // Checking the types of Node takes four times as long as the rest, so the oldest and the newest compiler do it.
  ...["typescript5", "typescript7"].map((compiler) => [
    `${compiler}, nodenext, with @types/node`,
    () => compile(compiler, "nodenext", "node")
  ]),
  ["Vite", () => vite(fake.baseUrl)],
  ["esbuild for a browser", () => esbuild(fake.baseUrl, "browser", ["--platform=browser"])],
  [
    "esbuild for a worker",
    () => esbuild(fake.baseUrl, "worker", ["--platform=neutral", "--conditions=workerd,worker,import"])
  ]
]

const problems = []
const prove = async ([what, consume]) => {
  try {
    await consume()
  } catch (error) {
    problems.push(`${what}:\n${error.stdout ?? ""}${error.stderr || error.message}`)
  }
}
const queue = [...work]
const lane = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await prove(next)
}
await Promise.all([lane(), lane()])
await fake.close()

for (const problem of problems) console.log(problem)
console.log(`${work.length} consumers of linxio-js compiled or bundled, ${problems.length} with a problem`)
process.exitCode = problems.length === 0 ? 0 : 1
