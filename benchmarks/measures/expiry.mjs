/** A thousand calls start at once with a token that no longer works. */
import { isQuick, loadClients } from "../lib/clients.mjs"
import * as ideal from "../baselines/ideal.mjs"
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate } from "../lib/rounds.mjs"
import { startServer } from "../lib/server.mjs"
import { ratios } from "../lib/stats.mjs"
import { median } from "simple-statistics"
import { tokenFor } from "../lib/token.mjs"
import { work } from "../lib/work.mjs"

export const title = "1,000 concurrent calls meet an expired token, against an ideal client"

const cases = {
  /** The token is a JWT, and its `exp` has passed. */
  "expiry known": { expiryKnown: true, stragglingMs: 0 },
  /** The token says nothing, and the server refuses it. */
  "expiry unknown": { expiryKnown: false, stragglingMs: 0 },
  /** The refusals arrive over 300 ms, most of them after the refresh. */
  "401s straggling in": { expiryKnown: false, stragglingMs: 300 }
}

const refreshMs = 20

/** In a fresh process: times, and what the server counted in each round. */
export const child = async ({ name, quick, rounds, warmUp }) => {
  const { expiryKnown, stragglingMs } = cases[name]
  const server = await startServer()
  const clients = await loadClients((client) => client !== "bare" && (!quick || isQuick(client)))
  const contenders = { ideal: { make: (options) => ideal.make({ expiryKnown, ...options }) }, ...clients }
  const counted = Object.fromEntries(Object.keys(contenders).map((contender) => [contender, []]))
  let serial = 0
  let client
  let failed

  // A program that has run for as long as a token lives has its calls optimised.
  for (const { make } of Object.values(contenders)) {
    const token = tokenFor({ livesForMs: 3_600_000 })
    await server.reset({ tokens: [token], refreshTokens: ["valid"] })
    await work(make({ baseUrl: server.baseUrl, token, refreshToken: "valid" }), { calls: 6000, width: 50 })
  }

  const slice = async () => {
    const ends = await Promise.allSettled(Array.from({ length: 1000 }, () => client.get("/vehicles/count")))
    failed = ends.filter((end) => end.value?.count !== 3).length
  }
  const settle = async (contender) => {
    serial++
    const refreshToken = `first-${serial}`
    const token = expiryKnown ? tokenFor({ livesForMs: -60_000, subject: serial }) : `expired-${serial}`
    await server.reset({ refreshTokens: [refreshToken], refreshMs, stragglingMs })
    client = contenders[contender].make({ baseUrl: server.baseUrl, token, refreshToken })
  }
  const after = async (contender) => {
    counted[contender].push({ ...(await server.counts()), failed })
    await client.close?.()
  }

  const slices = Object.fromEntries(Object.keys(contenders).map((contender) => [contender, slice]))
  const times = await alternate(slices, { rounds, warmUp, settle, after })
  await server.close()
  return { ...times, counted }
}

export const run = async ({ quick }) => {
  const rows = []
  for (const name of Object.keys(cases)) {
    const few = cases[name].stragglingMs > 0 ? 2 : 5
    const argument = { name, quick, rounds: quick ? few : 15, warmUp: 1 }
    const { counted, cpu, wall } = await inFreshProcess(import.meta.url, "child", argument)
    for (const contender of Object.keys(wall)) {
      const most = (of) => Math.max(...counted[contender].map((counts) => counts[of]))
      rows.push({
        case: name,
        contender,
        unit: "×",
        ...ratios(wall[contender], wall.ideal),
        cpu: ratios(cpu[contender], cpu.ideal).value,
        milliseconds: median(wall[contender]),
        requests: most("requests"),
        refusals: most("refusals"),
        refreshes: most("refreshes"),
        failed: most("failed")
      })
    }
  }
  return rows
}
