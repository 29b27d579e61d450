import "./scripts/node20.mjs"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const source = (name: string) => fileURLToPath(new URL(`./packages/${name}/src`, import.meta.url))

/** Tests of the two Effect packages run against the sources, not against a build that may be stale. */
const alias = ["linxio-effect", "linxio-testing"].flatMap((name) => [
  { find: new RegExp(`^${name}$`), replacement: `${source(name)}/index.ts` },
  { find: new RegExp(`^${name}/(.*)$`), replacement: `${source(name)}/$1.ts` }
])

/**
 * No test waits for a length of time, so its limit is only what ends one that hangs. It is long, because the tests have to pass on a
 * busy machine as well (docs/decisions/0026-tests-and-time.md).
 */
const limit = Number(process.env["LINXIO_TEST_LIMIT_MS"] ?? 120_000)

const project = (folder: string, differently: object = {}) => ({
  resolve: { alias },
  test: {
    name: folder,
    root: `./packages/${folder}`,
    include: ["test/**/*.test.ts"],
    testTimeout: limit,
    hookTimeout: limit,
    ...differently
  }
})

/** In Node the facade has two transports, and what is promised of connections is promised of both. */
const overFetch = project("linxio-js", {
  name: "linxio-js over fetch",
  include: ["test/{abort,bodies,downloads,refresh,sockets}.test.ts"],
  env: { LINXIO_TEST_TRANSPORT: "fetch" }
})

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ["default", "./scripts/closing-reporter.mjs"],
    projects: [...["linxio-effect", "linxio-js", "linxio-testing"].map((name) => project(name)), overFetch]
  }
})
