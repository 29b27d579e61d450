/** Every client that is measured, behind one small interface: `make({ baseUrl, fetch?, token, refreshToken })` gives `{ get(path) }`. */
const baselines = ["bare", "handWritten", "axios", "ky", "ofetch"]

/** The clients of a quick run: those that others are compared with. */
export const isQuick = (name) => ["bare", "handWritten", "before", "linxio-js"].includes(name)

/** The build under test; BENCH_DIST names another one, to measure a change before it is in place. */
export const dist = process.env.BENCH_DIST ?? new URL("../../packages/linxio-js/dist/index.js", import.meta.url).href

const linxioFrom = async (url) => {
  const { createClient } = await import(url)
  return {
    make: (options) => {
      const linxio = createClient(options)
      return { get: (path) => linxio.request("GET", path), close: () => linxio.close() }
    }
  }
}

/** The clients by name, `linxio-js` last. BENCH_BEFORE adds another build of it as `before`. */
export const loadClients = async (wanted) => {
  const clients = {}
  for (const name of baselines) clients[name] = await import(`../baselines/${name}.mjs`)
  if (process.env.BENCH_BEFORE) clients.before = await linxioFrom(process.env.BENCH_BEFORE)
  clients["linxio-js"] = await linxioFrom(dist)
  return Object.fromEntries(Object.entries(clients).filter(([name]) => wanted === undefined || wanted(name)))
}
