/** Validation of a list as the wire contract has it: 100 vehicles with 8 fields each, against `JSON.parse` alone. */
import { inFreshProcess } from "../lib/fork.mjs"
import { alternate, joined } from "../lib/rounds.mjs"
import { median, ratios } from "../lib/stats.mjs"

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

/** In a fresh process, since the compiled decoders replace the interpreted ones everywhere. */
export const child = async ({ compiled, rounds, repeats }) => {
  // Before the first schema is made, so the contract cannot be imported at the top.
  if (compiled) await import("effect/schema/SchemaJITCompiler/enable")
  const Schema = await import("effect/Schema")
  const { VehicleList } = await import("linxio-effect/api/VehicleApi")
  const decoders = {
    "JSON.parse": (value) => value,
    // An HttpApiClient of the contract decodes with the JSON codec of a schema, `decodeReply` with the schema itself.
    "linxio-effect": Schema.decodeUnknownSync(Schema.toCodecJson(VehicleList)),
    "schema without codec": Schema.decodeUnknownSync(VehicleList)
  }
  const slices = Object.fromEntries(
    Object.entries(decoders).map(([name, decode]) => [
      name,
      () => {
        for (let i = 0; i < repeats; i++)
          if (decode(JSON.parse(text)).data.length !== 100) throw new Error("A record was lost")
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
