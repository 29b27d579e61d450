// What a package publishes without a word, or without an example where a user would look for one.
import { readFileSync } from "node:fs"
import { parseAst } from "rolldown/parseAst"

/** Interfaces whose members are looked up one by one. */
const shownByExample = new Set([
  "AuthResource",
  "CallOptions",
  "ClientOptions",
  "LinxioClient",
  "RequestOptions",
  "RetryOptions",
  "SessionStore"
])

const membersOf = ({ body, type }) => {
  if (type === "TSInterfaceDeclaration") return body.body.filter((member) => member.key)
  if (type !== "ClassDeclaration") return []
  return body.body.filter((member) => member.key?.type === "Identifier" && !own.has(member.key.name))
}

/** Said once, of the base class. */
const own = new Set(["_tag", "constructor", "retryable"])

const nameOf = (node) => node.id?.name ?? node.declarations?.[0]?.id.name

/** The sentences about what a rolled-up declaration file lacks. */
export const undocumented = (file) => {
  const code = readFileSync(file, "utf8")
  let end = 0
  const commentOf = (node) => {
    const lead = code.slice(end, node.start)
    end = node.end
    return /\/\*\*([^]*)\*\/\s*$/.exec(lead)?.[1]
  }
  const problems = []
  const judge = (name, comment, needsExample) => {
    if (comment === undefined || /^[\s*]*(@(?!deprecated \S)|$)/.test(comment))
      problems.push(`${name} has no comment (${file})`)
    // Another name for something teaches nothing of its own.
    else if (needsExample && !/@example|@deprecated/.test(comment)) problems.push(`${name} has no @example (${file})`)
  }
  const { body } = parseAst(code, { lang: "dts" }, file)
  const exported = new Set(body.flatMap((node) => node.specifiers?.map(({ local: { name } }) => name) ?? []))
  const comments = new Map()
  for (const outer of body) {
    const node = outer.declaration ?? outer
    const name = nameOf(node)
    if (outer !== node) exported.add(name)
    // What is not exported is only part of another declaration.
    else if (!exported.has(name)) continue
    if (name === undefined) continue
    // One of the declarations of a name has the comment.
    comments.set(name, commentOf(outer) ?? comments.get(name))
    const after = end
    end = node.body?.start ?? end
    for (const member of membersOf(node))
      judge(`${name}.${member.key.name}`, commentOf(member), shownByExample.has(name))
    end = after
  }
  for (const [name, comment] of comments) judge(name, comment, exported.has(name))
  if (comments.size === 0) problems.push(`${file} declares nothing`)
  return problems
}
