// Rolls the declarations that `tsc` wrote into one file without an import. It follows the public names only, so a
// helper that handles Effect types may live beside them; a public type that needs one is an error that names it.
import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { parseAst } from "rolldown/parseAst"

const fail = (message) => {
  throw new Error(`rollup-types: ${message}`)
}

const nameOf = (declaration) =>
  declaration.type === "VariableDeclaration"
    ? declaration.declarations.map((one) => one.id.name)
    : [declaration.id?.name ?? fail(`a ${declaration.type} without a name`)]

function readModule(file) {
  const code = readFileSync(file, "utf8")
  const module = { file, code, declarations: new Map(), imports: new Map(), exports: new Map(), stars: [] }
  let end = 0
  for (const node of parseAst(code, { lang: "dts" }, file).body) {
    const from = node.source?.value
    const declaration = node.type === "ExportNamedDeclaration" ? node.declaration : node
    if (node.type === "ImportDeclaration") {
      for (const { type, local, imported } of node.specifiers)
        module.imports.set(local.name, { from, name: type === "ImportSpecifier" ? imported.name : undefined })
    } else if (node.type === "ExportAllDeclaration") module.stars.push(from)
    else if (node.type === "ExportDefaultDeclaration") fail(`${file} has a default export; name it`)
    else if (declaration === null || declaration === undefined) {
      for (const { local, exported } of node.specifiers) module.exports.set(exported.name, { from, name: local.name })
    } else {
      // The text in front of a declaration is its documentation.
      const lead = code.slice(end, node.start).trim()
      const text = { node: declaration, lead, start: declaration.start, end: node.end }
      for (const name of nameOf(declaration)) {
        module.declarations.set(name, [...(module.declarations.get(name) ?? []), text])
        if (node !== declaration) module.exports.set(name, { from: undefined, name })
      }
    }
    end = node.end
  }
  return module
}

/** Every name that a declaration may refer to; keys of members are not references. */
function* references(node) {
  if (Array.isArray(node)) for (const item of node) yield* references(item)
  else if (node && typeof node === "object") {
    if (node.type === "TSImportType") yield node
    if (node.type === "Identifier") yield node.name
    for (const [key, value] of Object.entries(node))
      if (!(key === "key" && !node.computed) && typeof value === "object") yield* references(value)
  }
}

/** `await using` is newer than the `lib` that most projects name; without this, `AsyncDisposable` is unknown to them. */
const needsDisposables = '/// <reference lib="esnext.disposable" />'

export function rollupTypes(entry) {
  const modules = new Map()
  const load = (from, specifier) => {
    // The error classes are those of linxio-effect; their declarations know nothing of Effect.
    const own = /^linxio-effect\/([\w/]+)$/.exec(specifier)
    if (!own && !specifier.startsWith(".")) return undefined
    const file = own
      ? resolve("packages/linxio-effect/dist", `${own[1]}.d.ts`)
      : resolve(dirname(from), specifier.replace(/\.([cm]?)[jt]s$/, ".d.$1ts"))
    if (!modules.has(file)) modules.set(file, readModule(file))
    return modules.get(file)
  }
  const star = (module, from) => load(module.file, from) ?? fail(`${module.file} re-exports all of ${from}`)
  const names = (module) => [...module.exports.keys(), ...module.stars.flatMap((from) => names(star(module, from)))]
  const find = (module, name, wanted) => {
    if (module.declarations.has(name)) return { module, name }
    const step = module.exports.get(name) ?? module.imports.get(name)
    if (step?.from !== undefined) return across(module, step.from, step.name, wanted)
    if (step && step.name !== name) return find(module, step.name, wanted)
    for (const from of module.stars)
      if (names(star(module, from)).includes(name)) return across(module, from, name, wanted)
    return fail(`${wanted} is not declared in ${module.file}`)
  }
  const across = (module, from, name, wanted) => {
    const next = load(module.file, from) ?? fail(`the public type ${wanted} comes from "${from}" (${module.file})`)
    return find(next, name ?? fail(`${wanted} is a whole module; import it by name`), wanted)
  }

  const owners = new Map()
  const texts = new Set()
  const include = ({ module, name }) => {
    if (owners.has(name)) {
      if (owners.get(name) !== module) fail(`two types are called ${name}: ${module.file}, ${owners.get(name).file}`)
      return
    }
    owners.set(name, module)
    for (const declaration of module.declarations.get(name)) {
      const edits = []
      for (const used of references(declaration.node)) {
        if (typeof used === "string") {
          if (!module.declarations.has(used) && !module.imports.has(used)) continue
          const target = find(module, used, used)
          if (target.name !== used) fail(`${module.file} renames ${target.name} to ${used}; use one name`)
          include(target)
        } else {
          const target = across(module, used.source.value, used.qualifier?.name, used.qualifier?.name)
          edits.push({ start: used.start, end: used.qualifier.end, text: target.name })
          include(target)
        }
      }
      let text = module.code.slice(declaration.start, declaration.end)
      for (const { start, end, text: name } of edits.sort((a, b) => b.start - a.start))
        text = text.slice(0, start - declaration.start) + name + text.slice(end - declaration.start)
      texts.add([declaration.lead, text].filter(Boolean).join("\n"))
    }
  }

  const root = readModule(entry)
  modules.set(entry, root)
  const exported = names(root).map((name) => {
    const target = find(root, name, name)
    include(target)
    return target.name === name ? name : `${target.name} as ${name}`
  })
  const code = [needsDisposables, ...texts, `export { ${exported.join(", ")} }`, ""].join("\n\n")
  const { body } = parseAst(code, { lang: "dts" })
  const left = [...references(body)].some((used) => typeof used !== "string") || body.some((node) => node.source)
  if (left) fail("an import is left in the types")
  return code
}
