/** What a client adds to a call when the network costs nothing: `fetch` is injected, and answers at once with a new `Response` each time. */
import { isQuick, loadClients } from "../lib/clients.mjs"
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate } from "../lib/rounds.mjs"
import { ratios } from "../lib/stats.mjs"
import { median } from "simple-statistics"
import { tokenFor } from "../lib/token.mjs"

export const title = "Cost per call over an instant fetch, against bare fetch + json()"

const body = JSON.stringify({ count: 3 })
const headers = { "content-type": "application/json" }
const fetch = async () => new Response(body, { status: 200, headers })

const calls = 1000
const path = "/vehicles/count"
const modes = {
  "Response, sequential": async ({ get }) => {
    for (let call = 0; call < calls; call++) check(await get(path))
  },
  "Response, 1,000 concurrent": async ({ get }) => {
    const answers = await Promise.all(Array.from({ length: calls }, () => get(path)))
    answers.forEach(check)
  }
}

const check = (answer) => {
  if (answer?.count !== 3) throw new Error(`A client answered ${JSON.stringify(answer)}`)
}

const warmUpCalls = 4000
const rounds = 25

/** In a fresh process: the time of each slice. */
export const child = async ({ mode, quick }) => {
  const token = tokenFor({ livesForMs: 3_600_000 })
  const refreshToken = "0123456789abcdef0123456789abcdef"
  const clients = Object.entries(await loadClients((name) => !quick || isQuick(name)))
  const slices = clients.map(([name, { make }]) => {
    const client = make({ baseUrl: "https://linxio.test/api", fetch, token, refreshToken })
    return [name, () => modes[mode](client)]
  })
  return alternate(Object.fromEntries(slices), { rounds, warmUp: warmUpCalls / calls })
}

export const run = async ({ quick }) => {
  const rows = []
  for (const mode of Object.keys(modes)) {
    const { cpu, wall } = await inFreshProcess(import.meta.url, "child", { mode, quick })
    for (const contender of Object.keys(wall))
      rows.push({
        case: mode,
        contender,
        unit: "×",
        ...ratios(wall[contender], wall.bare),
        cpu: ratios(cpu[contender], cpu.bare).value,
        microseconds: (1000 * median(wall[contender])) / calls
      })
  }
  return rows
}
