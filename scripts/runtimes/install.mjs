// The runtimes, compilers and bundlers that the packed linxio-js is tried with, from npm. Each has a folder of its own, so that one
// that cannot be had takes no other with it.
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"

const node = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`

/** name: the package, its version, and the program in it */
const pinned = {
  // The oldest that package.json names.
  "node20.19": [node, "20.19.0", "bin/node"],
  node22: [node, "22.23.3", "bin/node"],
  node24: [node, "24.21.0", "bin/node"],
  node26: [node, "26.10.0", "bin/node"],
  bun: ["bun", "1.4.5", "bin/bun.exe"],
  deno: ["deno", "2.9.6", "deno"],
  workerd: ["workerd", "1.20261117.1", "bin/workerd"],
  typescript5: ["typescript", "5.4.5", "bin/tsc"],
  typescript6: ["typescript", "6.0.3", "bin/tsc"],
  typescript7: ["typescript", "7.0.2", "bin/tsc"],
  vite: ["vite", "7.3.8", "bin/vite.js"]
}

const install = (folder, what) =>
  new Promise((done, fail) => {
    const options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts=false"]
    const npm = spawn("npm", ["install", "--prefix", folder, ...options, what], { stdio: ["ignore", "ignore", "pipe"] })
    let said = ""
    npm.stderr.setEncoding("utf8").on("data", (text) => (said += text))
    npm.on("error", fail)
    npm.on("close", (code) => (code === 0 ? done() : fail(new Error(`npm install ${what}: ${said.trim()}`))))
  })

const under = resolve(".cache/runtimes")
/** Installations that somebody waits for. */
const coming = new Map()

/** The program of one of them, which is installed if it is not there. */
export async function programOf(name) {
  const [from, version, file] = pinned[name]
  const folder = join(under, `${name}-${version}`)
  if (!existsSync(folder)) {
    if (!coming.has(name)) coming.set(name, installed(folder, name, from, version))
    await coming.get(name)
  }
  return { program: join(folder, "node_modules", name, file), version }
}

/** An installation that breaks off leaves nothing under the name that is looked for. */
async function installed(folder, name, from, version) {
  mkdirSync(under, { recursive: true })
  const begun = mkdtempSync(join(under, `${name}-`))
  try {
    await install(begun, from === name ? `${name}@${version}` : `${name}@npm:${from}@${version}`)
    renameSync(begun, folder)
  } finally {
    rmSync(begun, { recursive: true, force: true })
  }
}
