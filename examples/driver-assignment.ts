/**
 * Assigns drivers to vehicles as a spreadsheet says: a registration number and the e-mail address of the driver in each row. Without `--apply` nothing is
 * changed. Rows that fit no vehicle or no driver, or more than one, are reported and left alone.
 *
 * Run it with the credentials of a machine user in the environment: LINXIO_EMAIL, LINXIO_PASSWORD, and LINXIO_BASE_URL for an embedded Linxio
 * (`npx linxio-testing`). CI runs it as it stands (`npm run check -- docs`).
 */
import { createClient, type Driver, type Vehicle } from "linxio-js"

const sheet = `registration,driver
LNX-001,ada@example.test
lnx-002,ben@example.test
LNX-002,ada@example.test
LNX-999,ada@example.test
LNX-003,nobody@example.test
`

await using linxio = createClient()
const { LINXIO_EMAIL: email = "", LINXIO_PASSWORD: password = "" } = process.env
const signedIn = await linxio.auth.login({ email, password })
if (signedIn.error) throw signedIn.error

/** What a list has under each key; a key that two have leads to both. */
const byKey = async <A extends object>(list: AsyncIterable<A>, keyOf: (record: A) => string | null | undefined) => {
  const found = new Map<string, Array<A>>()
  for await (const record of list) {
    const key = keyOf(record)?.trim().toLowerCase()
    if (key) found.set(key, [...(found.get(key) ?? []), record])
  }
  return found
}

const vehicles = await byKey<Vehicle>(linxio.vehicles.stream({ fields: ["id", "regNo"] }), ({ regNo }) => regNo)
const drivers = await byKey<Driver>(linxio.drivers.stream({ fields: ["id", "email"] }), (driver) => driver.email)

const run = async (apply: boolean): Promise<void> => {
  const seen = new Set<string>()
  for (const line of sheet.trim().split(/\r?\n/).slice(1)) {
    const [plate = "", address = ""] = line.split(",").map((text) => text.trim().toLowerCase())
    const [vehicle, another] = vehicles.get(plate) ?? []
    const [driver, namesake] = drivers.get(address) ?? []
    if (!vehicle || another) console.log(`${plate}: ${another ? "several vehicles" : "no such vehicle"}`)
    else if (!driver || namesake) console.log(`${plate}: ${namesake ? "several drivers" : `no driver ${address}`}`)
    else if (seen.has(plate)) console.log(`${plate}: is in the sheet twice, only the first row counts`)
    else {
      seen.add(plate)
      if (!apply) console.log(`${plate}: would get ${address}`)
      else {
        // Sending it twice has the same effect as once, so the SDK repeats it after a failure of the network.
        const { error } = await linxio.drivers.assignToVehicle(vehicle.id ?? "", driver.id ?? "")
        console.log(`${plate}: ${error ? error.message : `has ${address}`}`)
      }
    }
  }
}

await run(process.argv.includes("--apply"))
// => lnx-001: would get ada@example.test
// => lnx-002: would get ben@example.test
// => lnx-002: is in the sheet twice, only the first row counts
// => lnx-999: no such vehicle
// => lnx-003: no driver nobody@example.test
