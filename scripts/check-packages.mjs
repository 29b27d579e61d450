// Checks what npm will serve: packs the three packages, lints the tarballs, installs them into empty projects, and
// imports every entry point of the installed exports maps, with `import` and with `require`.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const { packageManager } = JSON.parse(readFileSync("package.json", "utf8"))
const names = ["linxio-effect", "linxio-js", "linxio-testing"]
const room = mkdtempSync(join(tmpdir(), "linxio-packages-"))
process.on("exit", () => rmSync(room, { recursive: true, force: true }))

const problems = []
function run(what, cwd, line, ...more) {
  const [command, ...args] = [...line.split(" "), ...more]
  const result = spawnSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  if (result.status === 0) return result.stdout
  problems.push(what)
  console.log(`${what}:\n${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}`)
  return ""
}

// pnpm packs, because npm would leave `workspace:` and `catalog:` in the published package.json.
for (const name of names)
  run(`packing ${name}`, `packages/${name}`, `npx --yes ${packageManager} pack --out`, join(room, `${name}.tgz`))

for (const name of names) {
  const tarball = join(room, `${name}.tgz`)
  // Subpaths need an exports map, which the resolution of Node 10 does not know.
  const profile = name === "linxio-js" ? "node16" : "esm-only"
  run(`publint of ${name}`, ".", "publint --strict", tarball)
  run(`attw of ${name}`, ".", `attw --no-emoji --format ascii --profile ${profile}`, tarball)
  const built = run(`listing ${name}`, ".", "tar tzf", tarball)
    .split("\n")
    .filter((file) => /\/dist\/.*\.js$/.test(file))
  if (built.length === 0) problems.push(`${name} packs no JavaScript`)
  for (const file of name === "linxio-js" ? [] : built)
    if (!existsSync(file.replace("package/dist/", `packages/${name}/src/`).replace(/\.js$/, ".ts")))
      problems.push(`${name}: ${file} has no source any more; remove packages/${name}/dist and build again`)
}

function project(name, tarballs) {
  const folder = join(room, name)
  mkdirSync(folder)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module" }))
  const files = tarballs.map((tarball) => join(room, `${tarball}.tgz`))
  run(`installing ${tarballs.join(", ")}`, folder, "npm install --no-audit --no-fund --ignore-scripts", ...files)
  return folder
}

/** The entry points that the installed exports map offers. */
function entryPoints(folder, name) {
  const { exports } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"))
  return Object.keys(exports)
    .filter((key) => key !== "./package.json")
    .map((key) => join(name, key))
}

const count = { imported: 0, exported: 0 }
function importAll(folder, points, name) {
  const program = `import { createRequire } from "node:module"
    const require = createRequire(import.meta.url)
    const points = ${JSON.stringify(points)}; const counts = []
    for (const point of points) counts.push([point, Object.keys(await import(point)).length, Object.keys(require(point)).length])
    console.log(JSON.stringify(counts))`
  writeFileSync(join(folder, "load.mjs"), program)
  for (const [point, imported, required] of JSON.parse(run(`importing ${name}`, folder, "node load.mjs") || "[]")) {
    count.imported++
    count.exported += imported
    if (imported !== required) problems.push(`${point}: import gives ${imported} names, require ${required}`)
    if (point === name && imported === 0) problems.push(`${name} exports nothing`)
  }
}

const alone = project("promise-app", ["linxio-js"])
const others = readdirSync(join(alone, "node_modules")).filter((name) => !name.startsWith(".") && name !== "linxio-js")
if (others.length > 0) problems.push(`linxio-js must bring no dependency, and brought ${others.join(", ")}`)
importAll(alone, entryPoints(alone, "linxio-js"), "linxio-js")

const effectApp = project("effect-app", names)
for (const name of ["linxio-effect", "linxio-testing"]) {
  const open = entryPoints(effectApp, name)
  importAll(effectApp, open, name)
  const files = readdirSync(join(effectApp, "node_modules", name, "dist"), { recursive: true, encoding: "utf8" })
  const closed = files
    .filter((file) => file.includes("/") && file.endsWith(".js"))
    .map((file) => join(name, file.slice(0, -".js".length)))
    .find((module) => !open.includes(module))
  const refused = `import("${closed}").catch((e) => process.exit(e.code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? 7 : 1))`
  const { status } = spawnSync("node", ["--input-type=module", "-e", refused], { cwd: effectApp })
  if (status !== 7) problems.push(`${closed} can be imported, though it is no entry point`)
}

if (problems.length > 0) console.log(problems.join("\n"))
console.log(`${count.imported} entry points of 3 tarballs imported and required, ${count.exported} exports`)
process.exit(problems.length === 0 ? 0 : 1)
