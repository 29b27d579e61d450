/** What a browser downloads for one import, as esbuild bundles it: it removes least, so this is the figure that is promised. */
import { fileURLToPath } from "node:url"
import { analyzeMetafile, build } from "esbuild"
import { dist } from "../lib/clients.mjs"
import { gzipped, kilobytes } from "../lib/gzip.mjs"

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

const bundled = async (contents, alias = underTest) => {
  const { metafile, outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    alias,
    write: false,
    metafile: true,
    logLevel: "silent"
  })
  if (warnings.length > 0) throw new Error(`esbuild warned: ${warnings[0].text}`)
  return { code: outputFiles[0].text, metafile }
}

export const run = () =>
  Promise.all(
    Object.entries(imports).map(async ([contender, contents]) => {
      const { code } = await bundled(contents)
      const minified = kilobytes(Buffer.byteLength(code))
      return { case: "esbuild", contender, unit: "kB", value: kilobytes(gzipped(code)), minified }
    })
  )

/** `--modules`: which source the bytes of the bundle come from, heaviest first. Read from the sources, since the package is one file. */
export const modules = async () => {
  const sources = fileURLToPath(new URL("../../packages/linxio-js/src/index.ts", import.meta.url))
  const { metafile } = await bundled(imports["linxio-js"], { "linxio-js": sources })
  return analyzeMetafile(metafile)
}
