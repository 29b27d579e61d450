// Installs the locked dependencies when they are missing or older than the lockfile, so that
// `npm test` and `npm run demo` need nothing but Node and npm on a fresh machine.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"

const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`This project needs Node 20.19 or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}

const stampFile = "node_modules/.ensure"
const stamp = createHash("sha256").update(readFileSync("pnpm-lock.yaml")).digest("hex")
const installed = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp

if (!installed) {
  const { packageManager } = JSON.parse(readFileSync("package.json", "utf8"))
  const args = ["--yes", packageManager, "install", "--frozen-lockfile"]
  console.error(`Installing dependencies (npx ${args.join(" ")}) …`)
  const result = spawnSync("npx", args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
  if (result.status !== 0) {
    console.error("The installation failed; the lines above say why. Run the command again once that is mended.")
    process.exit(result.status ?? 1)
  }
  mkdirSync("node_modules", { recursive: true })
  writeFileSync(stampFile, stamp)
}
