/**
 * A nightly utilisation report: one line of CSV for each vehicle. Vehicles are read page by page while lines are written, so the memory does not grow
 * with the fleet. Exit code 1 means that the report is not there or not complete, and the last line on stderr says why.
 *
 * Run it with the credentials of a machine user in the environment: LINXIO_EMAIL, LINXIO_PASSWORD, and LINXIO_BASE_URL for an embedded Linxio
 * (`npx linxio-testing serve --fleet 20000`); LINXIO_REPORT is the file to write. CI runs it as it stands, and with 20,000 vehicles in a small heap
 * (`npm run check -- docs`).
 */
import { createWriteStream } from "node:fs"
import { mkdtemp, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createClient } from "linxio-js"

const { LINXIO_EMAIL: email = "", LINXIO_PASSWORD: password = "", LINXIO_REPORT } = process.env
const file = LINXIO_REPORT ?? join(await mkdtemp(join(tmpdir(), "utilisation-")), "report.csv")
await using linxio = createClient()

/** A cell of CSV. A text that a spreadsheet would take for a formula gets a quote before it. */
const cell = (value: unknown): string => {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : ""
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const row = (...cells: ReadonlyArray<unknown>): string => `${cells.map(cell).join()}\r\n`

const count = { vehicles: 0, unreadable: 0 }

async function* lines(): AsyncGenerator<string> {
  yield row("registration", "model", "depot", "distance", "idle time")
  const fields = ["id", "regNo", "model", "depotName", "todayData"] as const
  // One page is read while the lines of the page before are written.
  const options = { prefetch: true, onInvalid: () => void count.unreadable++ }
  for await (const vehicle of linxio.vehicles.stream({ fields, limit: 100, sort: "regNo" }, options)) {
    count.vehicles++
    const { depotName, model, regNo, todayData } = vehicle
    yield row(regNo, model, depotName, todayData?.distance ?? 0, todayData?.idleDuration ?? 0)
  }
}

try {
  const signedIn = await linxio.auth.login({ email, password })
  if (signedIn.error) throw signedIn.error
  // Under another name until it is complete: whoever reads the report never finds half of one. `pipeline` reads on when the file has taken what there is.
  await pipeline(Readable.from(lines()), createWriteStream(`${file}.part`))
  await rename(`${file}.part`, file)
  console.log(`${count.vehicles} vehicles, ${count.unreadable} could not be read`)
  if (count.unreadable > 0) process.exitCode = 1
} catch (error) {
  await rm(`${file}.part`, { force: true })
  console.error(`There is no report: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
// => 3 vehicles, 0 could not be read
