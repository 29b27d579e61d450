/** Calls per second over real sockets. The server is another process: one thread for the client, one for the server. */
import { isQuick, loadClients } from "../lib/clients.mjs"
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate, joined } from "../lib/rounds.mjs"
import { startServer } from "../lib/server.mjs"
import { inverse, ratios } from "../lib/stats.mjs"
import { median } from "simple-statistics"
import { tokenFor } from "../lib/token.mjs"
import { work } from "../lib/work.mjs"

export const title = "Throughput on loopback HTTP, against bare fetch (more is better)"

/** In a fresh process: the time of each slice. */
export const child = async ({ quick, rounds, warmUp, ...slice }) => {
  const server = await startServer()
  const token = tokenFor({ livesForMs: 3_600_000 })
  await server.reset({ tokens: [token] })
  const clients = await loadClients((name) => !quick || isQuick(name))
  const { make } = clients["linxio-js"]
  // What it is where it is not Node's own `fetch` that it replaces, or no Node.
  const overFetch = { make: (options) => make({ ...options, fetch: globalThis.fetch }) }
  const slices = Object.fromEntries(
    Object.entries({ ...clients, "linxio-js, over fetch": overFetch }).map(([name, { make }]) => {
      const client = make({ baseUrl: server.baseUrl, token, refreshToken: "unused" })
      return [name, () => work(client, slice)]
    })
  )
  const times = await alternate(slices, { rounds, warmUp })
  await server.close()
  return times
}

export const run = async ({ quick }) => {
  const rows = []
  for (const width of [1, 50]) {
    const calls = width === 1 ? 100 : 400
    const slice = { width, calls, rounds: quick ? 15 : 20, warmUp: 6000 / calls }
    const runs = []
    for (let i = 0; i < (quick ? 1 : 2); i++) {
      runs.push(await inFreshProcess(import.meta.url, "child", { ...slice, quick }))
    }
    const { cpu, wall } = joined(runs)
    for (const name of Object.keys(wall)) {
      rows.push({
        case: `width ${width}`,
        contender: name,
        unit: "×",
        ...inverse(ratios(wall[name], wall.bare)),
        cpu: ratios(cpu[name], cpu.bare).value,
        perSecond: Math.round((1000 * slice.calls) / median(wall[name]))
      })
    }
  }
  return rows
}
