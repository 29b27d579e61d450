// Reads docs/openapi.json as its users do: redocly and spectral judge it, and a client is generated from it and compiled.
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createConfig, lintFromString } from "@redocly/openapi-core"
import spectral from "@stoplight/spectral-core"
import rulesets from "@stoplight/spectral-rulesets"
import openapiTS, { astToString } from "openapi-typescript"

const file = "docs/openapi.json"
const folder = ".cache/openapi-client"

/** The client of a stranger: one path with an id and one with a query, and what they answer. */
const program = `import type { components, paths } from "./linxio.js"

type Get<Path extends keyof paths> = paths[Path] extends { get: infer Operation } ? Operation : never
type Json<Operation> = Operation extends { responses: { 200: { content: { "application/json": infer Body } } } } ? Body : never

const user = (me: Json<Get<"/me">>): string | undefined => me.permissions?.[0]
const plate = (vehicle: Json<Get<"/vehicles/{vehicleId}">>): string | null | undefined => vehicle.regNo
const id: Get<"/vehicles/{vehicleId}">["parameters"]["path"]["vehicleId"] = "1"
const login: components["schemas"]["LoginPayload"] = { email: "a@example.test", password: "secret" }
export { id, login, plate, user }
`

/** The rules against a slash at the end of a path, where Linxio wants one. */
const slashed = new Set(["/devices/vendors/", "/devices/installation/"])
const unescapePointer = (pointer = "") => pointer.replace("#/paths/", "").replaceAll("~1", "/")
const wantsSlash = (rule, path) =>
  slashed.has(path) && ["no-path-trailing-slash", "path-keys-no-trailing-slash"].includes(rule)

/** The problems, one line each. */
export const lintOpenApi = async () => {
  const text = readFileSync(file, "utf8")
  const config = await createConfig({ extends: ["recommended"] })
  const redocly = await lintFromString({ source: text, absoluteRef: file, config })
  const judge = new spectral.Spectral()
  judge.setRuleset({ extends: [rulesets.oas] })
  const found = await judge.run(JSON.parse(text))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/linxio.d.ts`, astToString(await openapiTS(JSON.parse(text))))
  writeFileSync(`${folder}/client.ts`, program)
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", ""]
  const compiled = spawnSync("npx", ["tsc", "--ignoreConfig", ...options, `${folder}/client.ts`], { encoding: "utf8" })
  return [
    ...redocly
      .filter(({ location, ruleId }) => !wantsSlash(ruleId, unescapePointer(location[0]?.pointer)))
      .map(({ location, message }) => `redocly: ${location[0]?.pointer}: ${message}`),
    ...found
      .filter(({ code, path }) => !wantsSlash(code, path[1]))
      .map(({ message, path }) => `spectral: ${path.join("/")}: ${message}`),
    ...(compiled.status === 0 ? [] : [`a client generated from it does not compile: ${compiled.stdout}`])
  ]
}
