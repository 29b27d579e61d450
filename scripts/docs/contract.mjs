// What the sources of the contract say in comments, and the reference of each domain that is made from it.
import { readdirSync, readFileSync } from "node:fs"
import { parseAst } from "rolldown/parseAst"

const folder = "packages/linxio-effect/src/api"

const plain = (comment) =>
  comment
    .replaceAll(/^\s*\*? ?/gm, "")
    .replace(/@example[^]*/, "")
    .replaceAll(/\s*@default ([^\n]+)/g, " Default: $1.")
    .replaceAll(/\s+/g, " ")
    .trim()

/** The comments of the operations in a file, by the names of their methods. */
const commentsOf = (code) =>
  new Map(
    Array.from(
      code.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(?:export const )?(\w+)(?::| =)\s*operation\(/g),
      ([, comment, name]) => [name, plain(comment)]
    )
  )

const memberOf = (code, from, { key, optional, typeAnnotation }) => ({
  name: key.name ?? key.value,
  optional,
  type: code.slice(typeAnnotation.typeAnnotation.start, typeAnnotation.typeAnnotation.end).replaceAll(/\s+/g, " "),
  text: plain(/\/\*\*((?:(?!\*\/)[^])*)\*\/[^/]*$/.exec(code.slice(from, key.start))?.[1] ?? "")
})

/** The interfaces of a file that describe records and input: name, comment and fields. */
const recordsOf = (code, file) =>
  parseAst(code, { lang: "ts" }, file).body.flatMap(({ declaration, start }) => {
    if (declaration?.type !== "TSInterfaceDeclaration") return []
    const text = plain(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*$/.exec(code.slice(0, start))?.[1] ?? "")
    let from = declaration.body.start
    const fields = declaration.body.body.flatMap((member) => {
      if (member.type !== "TSPropertySignature") return []
      const field = memberOf(code, from, member)
      from = member.end
      return [field]
    })
    return [{ name: declaration.id.name, text, fields }]
  })

const files = readdirSync(folder).filter((file) => file.endsWith(".ts"))
const codeOf = (file) => readFileSync(`${folder}/${file}`, "utf8")
const singular = (domain) => domain.replace(/s$/, "")

/** The comments of all operations by domain and method, and the records by domain. */
export const read = (domains) => {
  const comments = {}
  const records = {}
  for (const domain of domains) {
    comments[domain] = commentsOf(codeOf(`${domain}.ts`))
    records[domain] = files
      .filter((file) => file === `${domain}.ts` || new RegExp(`^${singular(domain)}s?[A-Z]\\w*\\.ts$`).test(file))
      .flatMap((file) => recordsOf(codeOf(file), file))
  }
  return { comments, records }
}

export const sources = { O: "documented", D: "derived from the dashboard", U: "unverified" }
const more = { "+": "seen in a stored copy", L: "answer seen live", P: "called live", X: "refused live" }

/** In words, where an operation is known from. */
export const evidenceOf = ({ evidence }) => [...evidence].map((letter) => sources[letter] ?? more[letter]).join(", ")

const answerOf = ({ answer }) => {
  const name = answer.of?.name ?? answer.of?.kind
  return {
    one: `\`${name}\``,
    perhaps: `\`${name}\` or null`,
    page: `page of \`${name}\``,
    count: "`Count`",
    file: "a file",
    done: "nothing"
  }[answer.as]
}

const argumentsOf = ({ field, path, payload, query }) =>
  [
    ...Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name),
    ...(payload ? [field ?? "payload"] : []),
    ...(query ? ["params?"] : [])
  ].join(", ")

const inputOf = ({ field, payload, query }) =>
  [
    ...(payload && !field ? [`payload: \`${payload.name}\``] : []),
    ...(query ? [[...query.names.map((name) => `\`${name}\``), "filters"].join(", ")] : [])
  ].join("; ") || "none"

const cell = (text) => text.replaceAll("|", "\\|")

/** The reference of a domain: its operations, then its records. */
export const referenceOf = (operations, comments, records) => {
  const rows = Object.entries(operations).map(([name, operation]) => {
    const call = `\`${operation.method} ${operation.path.replaceAll(/:(\w+)/g, "{$1}")}\``
    const text = (comments.get(name) ?? "").replace(/ (Documented|Derived from the dashboard|Unverified)\.$/, "")
    return `| \`${name}(${argumentsOf(operation)})\` | ${call} | ${cell(inputOf(operation))} | ${answerOf(operation)} | ${evidenceOf(operation)} | ${cell(text)} |`
  })
  const tables = records.map(({ fields, name, text }) =>
    [
      `### ${name}`,
      "",
      cell(text),
      "",
      ...(fields.length > 0 ? ["| field | type | what it is |", "| --- | --- | --- |"] : []),
      ...fields.map(
        (field) =>
          `| \`${field.name}\`${field.optional ? "" : " \\*"} | \`${cell(field.type)}\` | ${cell(field.text)} |`
      )
    ].join("\n")
  )
  return [
    "## Operations",
    "",
    "| method | HTTP call | input | gives | known from | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...(tables.length > 0
      ? [
          "## Records",
          "",
          "`*` marks a field that is always there; any other may be missing or null.",
          "",
          tables.join("\n\n")
        ]
      : [])
  ].join("\n")
}
