// `npm run docs` builds the documentation into site/: open site/index.html, or serve the folder from anywhere.
// `--check` builds it and then reads it as a visitor would.
import { build } from "./docs/build.mjs"

const started = performance.now()
await build()
if (process.argv.includes("--check")) {
  const { checkSite } = await import("./docs/check-site.mjs")
  process.exitCode = (await checkSite()) ? 0 : 1
} else console.log(`site/index.html is built (${Math.round(performance.now() - started)} ms)`)
