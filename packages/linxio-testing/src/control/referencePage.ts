/** The reference of the contract as one HTML page, made from the OpenAPI document. */
import * as OpenApi from "effect/http-api/OpenApi"
import { LinxioApi } from "linxio-effect/LinxioApi"
import { style } from "./style.ts"

/** The contract as OpenAPI 3.1, with this server as its server. */
export const openApiDocument = (): OpenApi.OpenAPISpec => ({
  ...OpenApi.fromApi(LinxioApi),
  servers: [{ url: "/api" }]
})

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character)

type Members = Readonly<Record<string, unknown>>

const members = (value: unknown): Members => (typeof value === "object" && value !== null ? { ...value } : {})

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const word = (value: unknown): string => (typeof value === "string" ? value : "")

/** A short description of a schema, in HTML. */
const typeOf = (input: unknown): string => {
  const schema = members(input)
  const name = word(schema["$ref"]).split("/").at(-1) ?? ""
  if (name !== "") return `<a href="#${escape(name)}">${escape(name)}</a>`
  const choices = [...list(schema["anyOf"]), ...list(schema["oneOf"])]
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(" | ")
  const values = "const" in schema ? [schema["const"]] : list(schema["enum"])
  if (values.length > 0) return values.map((value) => `<code>${escape(JSON.stringify(value))}</code>`).join(" | ")
  if (schema["type"] === "array") return `list of ${typeOf(schema["items"])}`
  const fields = Object.entries(members(schema["properties"]))
  if (fields.length > 0) return `{ ${fields.map(([key, field]) => `${escape(key)}: ${typeOf(field)}`).join(", ")} }`
  const all = list(schema["allOf"])
  if (all.length > 0 && schema["type"] === undefined) return all.map(typeOf).join(" & ")
  return escape([schema["type"]].flat().map(word).filter(Boolean).join(" | ")) || "anything"
}

const table = (
  rows: ReadonlyArray<readonly [name: string, type: string, needed: boolean, description: string]>
): string =>
  rows.length === 0
    ? ""
    : `<table>${rows
        .map(
          ([name, type, needed, description]) =>
            `<tr><td><code>${escape(name)}</code></td><td>${type}</td><td>${needed ? "" : "optional"}</td><td>${escape(description)}</td></tr>`
        )
        .join("\n")}</table>`

const content = (of: OpenApi.OpenApiSpecContent | undefined): string =>
  Object.values(of ?? {})
    .map((media) => typeOf(media.schema))
    .join(" | ") || "no body"

const operation = (method: string, path: string, about: OpenApi.OpenAPISpecOperation): string => `
<h3 id="${escape(about.operationId)}"><code>${method.toUpperCase()} ${escape(path)}</code></h3>
<p>${escape(about.summary ?? about.description ?? "")} ${about.security.length > 0 ? "Needs an access token." : "Needs no access token. A client must not send one."}</p>
${table(about.parameters.map((of) => [of.name, `${typeOf(of.schema)} (${of.in})`, of.required, of.description ?? ""]))}
<p>Body: ${about.requestBody === undefined ? "none" : content(about.requestBody.content)}</p>
<table>${Object.entries(about.responses)
  .map(([status, response]) => `<tr><td><code>${escape(status)}</code></td><td>${content(response.content)}</td></tr>`)
  .join("\n")}</table>`

const definition = (name: string, input: unknown): string => {
  const schema = members(input)
  const required = list(schema["required"])
  const fields = Object.entries(members(schema["properties"]))
  const rows = fields.map(
    ([key, field]) => [key, typeOf(field), required.includes(key), word(members(field)["description"])] as const
  )
  return `<h3 id="${escape(name)}">${escape(name)}</h3><p>${escape(word(schema["description"]))}</p>
${rows.length > 0 ? table(rows) : `<p>${typeOf(schema)}</p>`}`
}

const operations = (document: OpenApi.OpenAPISpec): string =>
  Object.entries(document.paths)
    .flatMap(([path, item]) =>
      (["get", "post", "put", "patch", "delete"] as const).flatMap((method) => {
        const about = item[method]
        return about === undefined ? [] : [operation(method, path, about)]
      })
    )
    .join("\n")

let written: string | undefined

/** The page. It is made when it is needed for the first time. */
export const referencePage = (): string => (written ??= write(openApiDocument()))

const write = (document: OpenApi.OpenAPISpec): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Linxio: the contract</title><style>${style}</style></head>
<body>
<h1>Linxio: the contract</h1>
<p>${escape(document.info.description ?? "")} Paths are below <code>/api</code>. <a href="/">Live view</a> · <a href="/openapi.json">openapi.json</a></p>
<h2>Endpoints</h2>
${operations(document)}
<h2>Shapes</h2>
${Object.entries(document.components.schemas)
  .map(([name, schema]) => definition(name, schema))
  .join("\n")}
</body>
</html>
`
