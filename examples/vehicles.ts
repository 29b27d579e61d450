/**
 * Who of the fleet has not been heard of for a week: one page at a time, and no page that nobody needs.
 *
 * Run it with the credentials of a machine user in the environment: LINXIO_EMAIL, LINXIO_PASSWORD, and LINXIO_BASE_URL for an embedded Linxio
 * (`npx linxio-testing`). CI runs it as it stands (`npm run check -- docs`).
 */
import { createClient } from "linxio-js"

await using linxio = createClient()
const { LINXIO_EMAIL: email = "", LINXIO_PASSWORD: password = "" } = process.env
const signedIn = await linxio.auth.login({ email, password })
if (signedIn.error) throw signedIn.error

const aWeekAgo = Date.now() - 7 * 24 * 3_600_000
const fields = ["id", "regNo", "lastLoggedAt", "status"] as const

let silent = 0
for await (const vehicle of linxio.vehicles.stream({ fields, limit: 100, sort: "regNo" })) {
  // A field without a value may be missing; a time without an offset is UTC.
  const heard = vehicle.lastLoggedAt == null ? undefined : Date.parse(vehicle.lastLoggedAt)
  if (heard !== undefined && heard > aWeekAgo) continue
  silent++
  console.log(`${vehicle.regNo ?? vehicle.id}: not heard of since ${vehicle.lastLoggedAt ?? "ever"}`)
}

const { data } = await linxio.vehicles.count()
console.log(`${silent} of ${data?.count} vehicles are silent`)
// => LNX-001: not heard of since ever
// => LNX-002: not heard of since ever
// => LNX-003: not heard of since ever
// => 3 of 3 vehicles are silent
