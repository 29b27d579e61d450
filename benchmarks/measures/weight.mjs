/** What a browser downloads for one import, by the two bundlers. */
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { rolldown } from "rolldown"
import { dist } from "../lib/clients.mjs"
import { gzipped, kilobytes } from "../lib/gzip.mjs"
import { modulesOf } from "../lib/modules.mjs"

export const title = "Weight of one import in a browser bundle, minified and gzipped"

const here = fileURLToPath(new URL("..", import.meta.url))

/** What an application would write. BENCH_DIST leads to the build that it names. */
const imports = {
  handWritten: `import { make } from "./baselines/handWritten.mjs"; globalThis.used = make`,
  axios: `import { make } from "./baselines/axios.mjs"; globalThis.used = make`,
  ky: `import { make } from "./baselines/ky.mjs"; globalThis.used = make`,
  ofetch: `import { make } from "./baselines/ofetch.mjs"; globalThis.used = make`,
  "linxio-js": `import { createClient } from "linxio-js"; globalThis.used = createClient`
}

const underTest = process.env.BENCH_DIST ? { "linxio-js": fileURLToPath(new URL(dist, import.meta.url)) } : {}

const withEsbuild = async (contents, sourcemap = false) => {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    alias: underTest,
    outfile: "out.js",
    write: false,
    sourcemap: sourcemap ? "external" : false,
    logLevel: "silent"
  })
  if (warnings.length > 0) throw new Error(`esbuild warned: ${warnings[0].text}`)
  const [map, code] = outputFiles.length === 2 ? outputFiles : [undefined, outputFiles[0]]
  return { code: code.text, map: map?.text }
}

const withRolldown = async (contents) => {
  const entry = "\0entry"
  const bundle = await rolldown({
    input: entry,
    cwd: here,
    platform: "browser",
    resolve: { alias: underTest },
    plugins: [
      {
        name: "entry",
        resolveId: (id, from) => (id === entry ? id : from === entry && id.startsWith(".") ? here + id : undefined),
        load: (id) => (id === entry ? contents : undefined)
      }
    ]
  })
  const { output } = await bundle.generate({ format: "esm", minify: true })
  await bundle.close()
  if (output.length !== 1) throw new Error(`rolldown made ${output.length} files`)
  return { code: output[0].code }
}

export const run = async () => {
  const rows = []
  for (const [bundler, bundled] of Object.entries({ esbuild: withEsbuild, rolldown: withRolldown })) {
    for (const [contender, contents] of Object.entries(imports)) {
      const { code } = await bundled(contents)
      rows.push({
        case: bundler,
        contender,
        unit: "kB",
        value: kilobytes(gzipped(code)),
        minified: kilobytes(Buffer.byteLength(code))
      })
    }
  }
  return rows
}

/** `--modules`: which source the bytes of the bundle come from, heaviest first. */
export const modules = async () => {
  const { code, map } = await withEsbuild(imports["linxio-js"], true)
  return modulesOf(code, JSON.parse(map))
}
