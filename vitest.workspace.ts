import "./scripts/node20.mjs"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const source = (name: string) => fileURLToPath(new URL(`./packages/${name}/src`, import.meta.url))

/** Tests of the two Effect packages run against the sources, not against a build that may be stale. */
const alias = ["linxio-effect", "linxio-testing"].flatMap((name) => [
  { find: new RegExp(`^${name}$`), replacement: `${source(name)}/index.ts` },
  { find: new RegExp(`^${name}/(.*)$`), replacement: `${source(name)}/$1.ts` }
])

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ["default", "./scripts/closing-reporter.mjs"],
    projects: ["linxio-effect", "linxio-js", "linxio-testing"].map((name) => ({
      resolve: { alias },
      test: { name, root: `./packages/${name}`, include: ["test/**/*.test.ts"] }
    }))
  }
})
