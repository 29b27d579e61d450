/**
 * A nightly utilisation report: one line of CSV for each vehicle. Vehicles are read page by page while lines are written, so the memory does not grow
 * with the fleet.
 *
 * Run it with the credentials of a machine user in the environment: LINXIO_EMAIL, LINXIO_PASSWORD, and LINXIO_BASE_URL for an embedded Linxio
 * (`npx linxio-testing`). CI runs it as it stands (`npm run check -- docs`).
 */
import { createWriteStream } from "node:fs"
import { mkdtemp, readFile, rename } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createClient } from "linxio-js"

await using linxio = createClient()
const { LINXIO_EMAIL: email = "", LINXIO_PASSWORD: password = "" } = process.env
const signedIn = await linxio.auth.login({ email, password })
if (signedIn.error) throw signedIn.error

/** A cell of CSV. A text that a spreadsheet would take for a formula gets a quote before it. */
const cell = (value: unknown): string => {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : ""
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

let unreadable = 0

async function* lines(): AsyncGenerator<string> {
  yield "registration,model,depot,distance,idle time\n"
  const fields = ["id", "regNo", "model", "depotName", "todayData"] as const
  // One page is read while the lines of the page before are written.
  const options = { prefetch: true, onInvalid: () => void unreadable++ }
  for await (const vehicle of linxio.vehicles.stream({ fields, limit: 100, sort: "regNo" }, options)) {
    const { depotName, model, regNo, todayData } = vehicle
    yield `${[regNo, model, depotName, todayData?.distance ?? 0, todayData?.idleDuration ?? 0].map(cell).join()}\n`
  }
}

// Under another name until it is complete: whoever reads the report never finds half of one.
const file = join(await mkdtemp(join(tmpdir(), "utilisation-")), "report.csv")
await pipeline(Readable.from(lines()), createWriteStream(`${file}.part`))
await rename(`${file}.part`, file)

console.log((await readFile(file, "utf8")).trim())
console.log(`${unreadable} vehicles could not be read`)
if (unreadable > 0) process.exitCode = 1
// => registration,model,depot,distance,idle time
// => LNX-001,Hilux,,0,0
// => LNX-002,Hilux,,0,0
// => LNX-003,Hilux,,0,0
// => 0 vehicles could not be read
