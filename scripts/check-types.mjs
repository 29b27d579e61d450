// `tsc -b`, and then a proof that it looked at every file: each source and each test has its declaration.
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"

const result = spawnSync("tsc", ["-b"], { stdio: "inherit", shell: process.platform === "win32" })
if (result.status !== 0) process.exit(1)

const places = { "linxio-effect": "dist", "linxio-js": "build", "linxio-testing": "dist" }
let files = 0
const missing = []
for (const [name, built] of Object.entries(places)) {
  for (const [from, to] of [
    ["src", built],
    ["test", ".test-types"]
  ]) {
    const root = `packages/${name}/${from}`
    for (const file of existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }) : []) {
      if (!file.endsWith(".ts")) continue
      files++
      if (!existsSync(`packages/${name}/${to}/${file.replace(/\.ts$/, ".d.ts")}`)) missing.push(`${root}/${file}`)
    }
  }
}
for (const file of missing) console.log(`${file} was not compiled; is it outside of every tsconfig?`)
console.log(`${files} files`)
process.exit(missing.length === 0 ? 0 : 1)
