// Builds what `linxio-js` publishes: for each entry one tree-shaken ESM file, one CommonJS file and one self-contained set of types.
// Effect and linxio-effect are inside, so that an application gets the SDK with no dependency and no Effect type.
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { generateDtsBundle } from "dts-bundle-generator"
import { rolldown } from "rolldown"
import { parseAst } from "rolldown/parseAst"

const at = (path) => fileURLToPath(new URL(`../packages/${path}`, import.meta.url))

/** The facade is built from the sources of linxio-effect: stack traces then lead to TypeScript lines. */
const fromSource = {
  name: "linxio-effect-from-source",
  resolveId(id) {
    if (id === "linxio-effect") return at("linxio-effect/src/index.ts")
    if (id.startsWith("linxio-effect/")) return at(`linxio-effect/src/${id.slice("linxio-effect/".length)}.ts`)
  }
}

/** The doubles for tests are members of the services, which no bundler takes away (0.5 kB gzipped). Blanks keep every line and column. */
const withoutDoubles = {
  name: "without-doubles",
  transform(code, id) {
    if (!code.includes("static readonly layerTest")) return
    const blank = ({ start, end }) => {
      code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, " ") + code.slice(end)
    }
    for (const { declaration } of parseAst(code, { lang: "ts" }, id).body) {
      if (declaration?.type !== "ClassDeclaration") continue
      for (const member of declaration.body.body) if (member.static && member.key.name === "layerTest") blank(member)
    }
    return { code, map: null }
  }
}

/** How Effect prints its own values, such as a cause or a request: no user of the facade ever holds one (1.2 kB gzipped). */
const withoutPrinting = {
  name: "without-printing",
  load: (id) =>
    id.endsWith("/effect/dist/Formatter.js")
      ? `const shown = (value) => (typeof value === "object" && value !== null ? "…" : String(value))
        export { shown as format, shown as formatDate, shown as formatJson, shown as formatPath, shown as formatPropertyKey }`
      : undefined
}

const { version } = JSON.parse(readFileSync(at("linxio-js/package.json"), "utf8"))

function stop(message) {
  console.error(`bundle: ${message}`)
  process.exit(1)
}

/** Effect's own text is left out of the source maps (3 MB each); ours stays. */
function writeMap(file, map) {
  const ours = (source) => source.includes("/linxio-effect/src/") || source.startsWith("../src/")
  const sources = map.sources.map((source) => source.replace(/^.*\/node_modules\/(?!\.pnpm)/, "node_modules/"))
  const sourcesContent = map.sources.map((source, i) => (ours(source) ? map.sourcesContent[i] : null))
  writeFileSync(file, JSON.stringify({ ...map, sources, sourcesContent }))
}

const started = performance.now()
const stores = ["memory", "file", "redis", "web", "encrypted"].map((name) => `stores/${name}`)
const sizes = []

/** One entry: nothing may be left to import but what a runtime has. */
async function code(entry) {
  const problems = []
  const bundle = await rolldown({
    input: at(`linxio-js/src/${entry}.ts`),
    platform: "neutral",
    tsconfig: false,
    external: /^node:/,
    // How the SDK names itself to Linxio.
    transform: { define: { LINXIO_JS_VERSION: JSON.stringify(version) } },
    // Effect has prototypes with computed names and constants of globals that nobody uses; reading those does nothing (1.1 kB gzipped).
    treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
    plugins: [fromSource, withoutDoubles, withoutPrinting],
    onLog: (_level, log) => problems.push(log.message)
  })
  for (const [format, name] of [
    ["esm", `${entry}.js`],
    ["cjs", `${entry}.cjs`]
  ]) {
    const file = at(`linxio-js/dist/${name}`)
    mkdirSync(dirname(file), { recursive: true })
    const { output } = await bundle.generate({
      file,
      format,
      exports: "named",
      sourcemap: true,
      codeSplitting: false,
      // Names and lines stay readable; what nobody reads goes (0.6 kB gzipped in the bundle of an application).
      minify: { compress: { keepNames: { function: true, class: true } }, mangle: false, codegen: false },
      comments: { annotation: true, jsdoc: false, legal: false }
    })
    const chunks = output.filter((part) => part.type === "chunk")
    if (chunks.length !== 1) stop(`${name} came out as ${chunks.length} files instead of one`)
    const [{ code, map, imports, dynamicImports }] = chunks
    const outside = [...imports, ...dynamicImports].filter((id) => entry !== "stores/file" || !id.startsWith("node:"))
    if (outside.length > 0) stop(`${name} still imports ${outside.join(", ")}; everything must be inside`)
    writeFileSync(file, code)
    if (map) writeMap(`${file}.map`, map)
    if (entry === "index") sizes.push(`${name} ${Math.round(code.length / 1024)} kB`)
  }
  await bundle.close()
  if (problems.length > 0) stop(`rolldown complained:\n${problems.join("\n")}`)
}

const entries = ["index", ...stores]
for (const entry of entries) await code(entry)

const declared = generateDtsBundle(
  entries.map((entry) => ({
    filePath: at(`linxio-js/build/${entry}.d.ts`),
    noCheck: true,
    libraries: { inlinedLibraries: ["linxio-effect"], importedLibraries: [], allowedTypesLibraries: [] },
    output: { noBanner: true }
  })),
  { preferredConfigPath: at("linxio-js/tsconfig.types.json") }
)
const bytes = entries.map((entry, index) => {
  // The comments of a type that is named but not exported stay only if the library exports it; so that is taken back here.
  const published = new Set(readFileSync(at(`linxio-js/build/${entry}.d.ts`), "utf8").match(/\w+/g))
  const own = declared[index].replaceAll(/^export ((?:declare |abstract )*\w+ (\w+))/gm, (text, rest, name) =>
    published.has(name) ? text : rest
  )
  // `await using` is newer than the `lib` that most projects name; without this, `AsyncDisposable` is unknown to them.
  const types = `${entry === "index" ? '/// <reference lib="esnext.disposable" />\n\n' : ""}${own}`
    // What an error is in an Effect program (errors/inEffect.ts) is nothing that these types can name.
    .replace("interface LinxioError extends YieldableError {", "interface LinxioError {")
    .replace('/// <reference types="node" />', "")
  for (const ending of ["d.ts", "d.cts"]) writeFileSync(at(`linxio-js/dist/${entry}.${ending}`), types)
  const imports = types.replaceAll(/\/\*[^]*?\*\//g, "").match(/^.*\bimport\b.*$/gm) ?? []
  if (imports.length > 0) stop(`the types of ${entry} cannot stand alone:\n${imports.join("\n")}`)
  return types.length
})
// A public type that needs one from outside, such as one of Effect, is an error that names it.
const settings = "--noEmit --ignoreConfig --strict --module nodenext --target es2022 --lib es2022,dom --types".split(
  " "
)
const files = entries.map((entry) => at(`linxio-js/dist/${entry}.d.ts`))
const checked = spawnSync(at("../node_modules/.bin/tsc"), [...settings, "", ...files], { encoding: "utf8" })
if (checked.status !== 0) stop(`the types cannot stand alone:\n${checked.stdout}`)
copyFileSync(at("../node_modules/effect/LICENSE"), at("linxio-js/dist/LICENSE-effect.txt"))

const time = Math.round(performance.now() - started)
console.log(
  `bundle: ${sizes.join(", ")}, types ${((bytes[0] ?? 0) / 1024).toFixed(1)} kB, ${entries.length} entries, ${time} ms`
)
