/** What a client adds to a call when the network costs nothing: `fetch` is injected and answers at once. */
import { isQuick, loadClients } from "../lib/clients.mjs"
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate, joined } from "../lib/rounds.mjs"
import { median, ratios } from "../lib/stats.mjs"
import { tokenFor } from "../lib/token.mjs"

export const title = "Cost per call over an instant fetch, against bare fetch + json()"

const body = JSON.stringify({ count: 3 })
const headers = { "content-type": "application/json" }

/** `Response` is what every runtime gives; `fake` costs next to nothing, so that only the client is left. */
const fetches = {
  Response: async () => new Response(body, { status: 200, headers }),
  fake: async () => fakeResponse
}
const bytes = new TextEncoder().encode(body)
const fakeResponse = {
  ok: true,
  status: 200,
  statusText: "OK",
  url: "",
  redirected: false,
  type: "default",
  headers: new Headers(headers),
  body: null,
  bodyUsed: false,
  json: async () => JSON.parse(body),
  text: async () => body,
  arrayBuffer: async () => bytes.buffer.slice(0)
}

/** The big clients check what a response is and how it streams; the fake is for those that only read it. */
const contenders = {
  Response: () => true,
  fake: isQuick
}

const modes = {
  sequential: async (client, calls) => {
    for (let i = 0; i < calls; i++) check(await client.get("/vehicles/count"))
  },
  "1,000 concurrent": async (client) => {
    const answers = await Promise.all(Array.from({ length: 1000 }, () => client.get("/vehicles/count")))
    answers.forEach(check)
  }
}

const check = (answer) => {
  if (answer?.count !== 3) throw new Error(`A client answered ${JSON.stringify(answer)}`)
}

/** In a fresh process: the time of each slice. */
export const child = async ({ response, mode, calls, rounds, warmUp, quick }) => {
  const clients = await loadClients(contenders[quick ? "fake" : response])
  const options = {
    baseUrl: "https://linxio.test/api",
    fetch: fetches[response],
    token: tokenFor({ livesForMs: 3_600_000 }),
    refreshToken: "0123456789abcdef0123456789abcdef"
  }
  const slices = Object.fromEntries(
    Object.entries(clients).map(([name, { make }]) => {
      const client = make(options)
      return [name, () => modes[mode](client, calls)]
    })
  )
  return alternate(slices, { rounds, warmUp })
}

export const run = async ({ gate, quick }) => {
  const rows = []
  for (const response of gate ? ["Response"] : Object.keys(fetches)) {
    for (const mode of Object.keys(modes)) {
      const calls = mode === "sequential" ? 200 : 1000
      const warmUp = Math.ceil((quick ? 8000 : 10_000) / calls)
      const argument = { response, mode, calls, rounds: quick ? 20 : 30, warmUp, quick }
      const runs = []
      for (let i = 0; i < 2; i++) runs.push(await inFreshProcess(import.meta.url, "child", argument))
      const { cpu, wall } = joined(runs)
      for (const name of Object.keys(cpu)) {
        rows.push({
          case: `${response}, ${mode}`,
          contender: name,
          unit: "×",
          ...ratios(cpu[name], cpu.bare),
          wall: ratios(wall[name], wall.bare).value,
          microseconds: (1000 * median(cpu[name])) / calls
        })
      }
    }
  }
  return rows
}
