/** What the typed client makes of a list that has arrived: 100 vehicles with 8 fields each, against `JSON.parse` of their text alone. */
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate, joined } from "../lib/rounds.mjs"
import { ratios } from "../lib/stats.mjs"
import { median } from "simple-statistics"

export const title = "100 records of 8 fields parsed and validated, against JSON.parse alone"

const text = JSON.stringify({
  data: Array.from({ length: 100 }, (_, i) => ({
    id: i + 1,
    regNo: `ABC${1000 + i}`,
    model: "Transit",
    status: i % 2 === 0 ? "driving" : "stopped",
    year: 2015 + (i % 10),
    mileage: 12_345.6 + i,
    driver: i % 3 === 0 ? null : `Driver ${i}`,
    lastDataReceived: "2026-11-24T10:00:00+00:00"
  })),
  page: 1,
  limit: 100,
  total: 100
})

/** The answer as the SDK's `HttpClient` hands it on, read as bytes or as text. */
const arrive = async (bodyAs) => {
  const Effect = await import("effect/Effect")
  const FetchHttpClient = await import("effect/http/FetchHttpClient")
  const { HttpClient, Linxio, withCallOptions } = await import("linxio-effect")
  const headers = { "content-type": "application/json" }
  return HttpClient.use((http) => http.get("/vehicles/fields/json")).pipe(
    withCallOptions({ authenticate: false, bodyAs }),
    Effect.provide(Linxio.layer({ baseUrl: "https://fleet.example.test/api" })),
    Effect.provide(FetchHttpClient.layer),
    Effect.provideService(FetchHttpClient.Fetch, async () => new Response(text, { headers })),
    Effect.runPromise
  )
}

/** In a fresh process, since the compiled decoders replace the interpreted ones everywhere. */
export const child = async ({ compiled, rounds, repeats }) => {
  // Before the first schema is made, so the contract cannot be imported at the top.
  if (compiled) await import("effect/schema/SchemaJITCompiler/enable")
  const Effect = await import("effect/Effect")
  const HttpApiClient = await import("effect/http-api/HttpApiClient")
  const Schema = await import("effect/Schema")
  const { LinxioApi } = await import("linxio-effect/LinxioApi")
  const bytes = await arrive("bytes")
  const asText = await arrive("text")
  // What a client of `HttpApiClient.makeWith(LinxioApi)` does with an answer, from its bytes to its vehicles.
  const decode = HttpApiClient.decodeResponse(LinxioApi, { group: "vehicles", endpoint: "list" })
  const decodeValue = Schema.decodeUnknownSync([...LinxioApi.groups.vehicles.endpoints.list.success][0])
  const contenders = {
    "JSON.parse": () => JSON.parse(text),
    "linxio-effect": () => Effect.runSync(decode(bytes)),
    "linxio-effect, body as text": () => Effect.runSync(decode(asText)),
    "JSON.parse and the schema": () => decodeValue(JSON.parse(text))
  }
  const slices = Object.fromEntries(
    Object.entries(contenders).map(([name, read]) => [
      name,
      () => {
        for (let i = 0; i < repeats; i++) if (read().data.length !== 100) throw new Error("A record was lost")
      }
    ])
  )
  return alternate(slices, { rounds, warmUp: 40 })
}

export const run = async ({ quick }) => {
  const rows = []
  const repeats = 40
  for (const compiled of [false, true]) {
    const argument = { compiled, rounds: quick ? 20 : 40, repeats }
    const runs = []
    for (let i = 0; i < (quick ? 1 : 3); i++) runs.push(await inFreshProcess(import.meta.url, "child", argument))
    const { cpu, wall } = joined(runs)
    for (const name of Object.keys(cpu)) {
      rows.push({
        case: compiled ? "with SchemaJITCompiler" : "as it is",
        contender: name,
        unit: "×",
        ...ratios(cpu[name], cpu["JSON.parse"]),
        wall: ratios(wall[name], wall["JSON.parse"]).value,
        microseconds: (1000 * median(cpu[name])) / repeats
      })
    }
  }
  return rows
}
