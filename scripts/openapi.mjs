// Writes what is made from the contract: docs/openapi.json, and the reference in the page of each domain. With --check it only compares, and reads the
// document as redocly and spectral do.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import * as OpenApi from "effect/http-api/OpenApi"
import { evidenceOf, read, referenceOf } from "./docs/contract.mjs"

const built = (name) => new URL(`../packages/linxio-effect/dist/${name}.js`, import.meta.url)
if (!existsSync(built("LinxioApi"))) {
  console.error("openapi: packages/linxio-effect/dist/LinxioApi.js is missing; run `npm run build` first")
  process.exit(1)
}

const { LinxioApi } = await import(built("LinxioApi").href)
const { auth } = await import(built("api/auth").href)
const { domains } = await import(built("api/domains").href)
const tables = { auth, ...domains }
const { comments, records } = read(Object.keys(tables))

const document = OpenApi.fromApi(LinxioApi)
for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
  const [domain, method] = operation.operationId.split(".")
  const text = comments[domain].get(method)
  if (text === undefined) throw new Error(`the operation ${operation.operationId} has no comment`)
  operation.summary = /^.*?[.;:](?= |$)/.exec(text)[0].slice(0, -1)
  operation.description = `${text} Source: ${evidenceOf(tables[domain][method])}.`
}

/** A list of anything says so: Effect leaves the items out, and OpenAPI wants them. */
const withItems = (_key, value) =>
  value?.type === "array" && value.items === undefined ? { ...value, items: {} } : value

const check = process.argv.includes("--check")
let stale = 0
const put = (file, text) => {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return
  if (!check) return writeFileSync(file, text)
  stale++
  console.log(`${file} is not what the contract says; write it again with: npm run openapi`)
}

put("docs/openapi.json", `${JSON.stringify(document, withItems, 2)}\n`)

const [start, end] = ["<!-- from the contract: npm run openapi -->", "<!-- end -->"]
for (const [domain, operations] of Object.entries(domains)) {
  const file = `docs/${domain.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}.md`
  const text = existsSync(file) ? readFileSync(file, "utf8") : ""
  const [before, rest] = text.split(start)
  if (rest === undefined) {
    console.log(`${file} needs a place for its reference: ${start} … ${end}`)
    stale++
  } else
    put(
      file,
      `${before}${start}\n\n${referenceOf(operations, comments[domain], records[domain])}\n\n${end}${rest.split(end)[1] ?? "\n"}`
    )
}

if (check) {
  const { lintOpenApi } = await import("./docs/lint-openapi.mjs")
  const problems = await lintOpenApi()
  for (const problem of problems) console.log(problem)
  stale += problems.length
}

const count = Object.values(document.paths).flatMap((path) => Object.keys(path)).length
console.log(`${count} operations in docs/openapi.json`)
if (stale > 0) process.exitCode = 1
