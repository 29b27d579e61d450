// A folder in which the packed linxio-js is installed, as a user of it has one.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Packs what is built; the folder goes when the process ends. pnpm packs, because that is what publishes. */
export function packedApp() {
  const room = mkdtempSync(join(tmpdir(), "linxio-app-"))
  process.on("exit", () => rmSync(room, { recursive: true, force: true }))
  const { packageManager } = JSON.parse(readFileSync("package.json", "utf8"))
  const tarball = join(room, "linxio-js.tgz")
  execFileSync("npx", ["--yes", packageManager, "pack", "--out", tarball], { cwd: "packages/linxio-js", stdio: "pipe" })
  // A package without dependencies is installed by unpacking it.
  const installed = join(room, "node_modules", "linxio-js")
  mkdirSync(installed, { recursive: true })
  execFileSync("tar", ["xzf", tarball, "--strip-components=1", "-C", installed])
  writeFileSync(join(room, "package.json"), JSON.stringify({ private: true, dependencies: { "linxio-js": "*" } }))
  return { room, tarball }
}
