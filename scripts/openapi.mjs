// Writes docs/openapi.json from the contract; with --check it only compares, and fails when the file is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import * as OpenApi from "effect/http-api/OpenApi"

const file = "docs/openapi.json"
const built = new URL("../packages/linxio-effect/dist/LinxioApi.js", import.meta.url)
if (!existsSync(built)) {
  console.error("openapi: packages/linxio-effect/dist/LinxioApi.js is missing; run `npm run build` first")
  process.exit(1)
}

const { LinxioApi } = await import(built.href)
const document = OpenApi.fromApi(LinxioApi)
const operations = Object.values(document.paths).flatMap((path) => Object.keys(path)).length
const text = `${JSON.stringify(document, null, 2)}\n`

if (!process.argv.includes("--check")) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
  console.log(`${file} is not what the contract says; write it again with: npm run openapi`)
  process.exitCode = 1
}
console.log(`${operations} operations in ${file}`)
