// The runtimes that the suite is run on, from npm; each in a folder of its own, so that one that cannot be had takes no other with it.
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, rmSync } from "node:fs"
import { resolve } from "node:path"

const node = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`

/** name: the package, its version, and the program in it */
const pinned = {
  node22: [node, "22.23.3", "bin/node"],
  node24: [node, "24.21.0", "bin/node"],
  node26: [node, "26.10.0", "bin/node"],
  bun: ["bun", "1.4.5", "bin/bun.exe"],
  deno: ["deno", "2.9.6", "deno"],
  workerd: ["workerd", "1.20261117.1", "bin/workerd"]
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

/** The path of the program of a runtime, which is installed if it is not there. */
export async function programOf(name) {
  const [from, version, file] = pinned[name]
  const folder = resolve(".cache/runtimes", `${name}-${version}`)
  const program = resolve(folder, "node_modules", name, file)
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    await install(folder, from === name ? `${name}@${version}` : `${name}@npm:${from}@${version}`).catch((error) => {
      rmSync(folder, { recursive: true, force: true })
      throw error
    })
  }
  return { program, version }
}
