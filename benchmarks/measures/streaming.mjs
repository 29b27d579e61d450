/** 20,000 vehicles from page to page over loopback HTTP: the stream of `linxio-js` against a loop over bare `fetch` that reads the same pages. */
import { once } from "node:events"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import { isMainThread, parentPort, Worker } from "node:worker_threads"
import { median } from "simple-statistics"
import { dist } from "../lib/clients.mjs"
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate } from "../lib/rounds.mjs"
import { inverse, ratios } from "../lib/stats.mjs"

export const title = "20,000 vehicles streamed, as throughput against a hand-written loop over fetch"

const vehicles = 20_000
const limit = 100
const fields = ["id", "regNo", "model", "status", "depot", "groups", "lastCoordinates", "todayData"]

/** The pages are rendered once: what is measured is who reads them. */
const serve = async () => {
  const { fleet } = await import("linxio-testing")
  const all = fleet({ vehicles, seed: 1 }).vehicles.map((vehicle) =>
    Object.fromEntries(fields.map((field) => [field, vehicle[field]]))
  )
  const pages = Array.from({ length: vehicles / limit }, (_, at) =>
    Buffer.from(JSON.stringify({ data: all.slice(at * limit, (at + 1) * limit), page: at + 1, limit, total: vehicles }))
  )
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url, "http://localhost").searchParams.get("page") ?? 1)
    response.writeHead(200, { "content-type": "application/json" }).end(pages[page - 1])
  })
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port))
}
if (!isMainThread) await serve()

const token = "a.b.c"

/** What somebody writes who has no SDK: one page after the other, until the total is reached. */
async function* byHand(baseUrl) {
  for (let page = 1, seen = 0, total = Infinity; seen < total; page++) {
    const query = new URLSearchParams([...fields.map((field) => ["fields[]", field]), ["limit", limit], ["page", page]])
    const response = await fetch(`${baseUrl}/vehicles/fields/json?${query}`, {
      headers: { authorization: `Bearer ${token}`, accept: "application/json" }
    })
    if (!response.ok) throw new Error(`answered with ${response.status}`)
    const answer = await response.json()
    total = answer.total
    seen += answer.data.length
    yield* answer.data
  }
}

const countOf = async (list) => {
  let count = 0
  for await (const vehicle of list) if (vehicle.id > 0) count++
  if (count !== vehicles) throw new Error(`${count} vehicles were read`)
}

/** How much more memory is in use at the end of a list than at its first quarter, in MB; the lowest of three, since garbage may be left. */
const growth = async (list) => {
  const used = []
  let count = 0
  for await (const _ of list) {
    if (++count % 5_000 !== 0) continue
    globalThis.gc()
    used.push(process.memoryUsage().heapUsed / 1e6)
  }
  return used.at(-1) - used[0]
}

export const child = async ({ rounds, warmUp }) => {
  const { createClient } = await import(dist)
  const worker = new Worker(fileURLToPath(import.meta.url))
  const [port] = await once(worker, "message")
  const baseUrl = `http://127.0.0.1:${port}/api`
  const own = createClient({ baseUrl, token })
  const overFetch = createClient({ baseUrl, token, fetch: globalThis.fetch })
  const stream = (linxio, options) => linxio.vehicles.stream({ fields, limit }, options)
  const times = await alternate(
    {
      bare: () => countOf(byHand(baseUrl)),
      "linxio-js": () => countOf(stream(own, { prefetch: true })),
      "linxio-js, no page ahead": () => countOf(stream(own)),
      "linxio-js, over fetch": () => countOf(stream(overFetch, { prefetch: true }))
    },
    { rounds, warmUp }
  )
  const grown = []
  for (let i = 0; i < 3; i++) grown.push(await growth(stream(own, { prefetch: true })))
  await worker.terminate()
  return { ...times, megabytes: Math.max(0, Math.min(...grown)) }
}

export const run = async ({ quick }) => {
  const { cpu, megabytes, wall } = await inFreshProcess(import.meta.url, "child", {
    rounds: quick ? 7 : 15,
    warmUp: quick ? 2 : 4
  })
  const rows = Object.keys(wall).map((contender) => ({
    case: "20,000 vehicles",
    contender,
    unit: "×",
    ...inverse(ratios(wall[contender], wall.bare)),
    cpu: ratios(cpu[contender], cpu.bare).value,
    perSecond: Math.round((1000 * vehicles) / median(wall[contender]))
  }))
  return [...rows, { case: "memory", contender: "linxio-js", unit: "MB", value: megabytes }]
}
