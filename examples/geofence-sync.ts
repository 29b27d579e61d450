/**
 * Keeps the geofences of Linxio as a list says: creates what is missing, changes what differs, and archives what is no longer listed. Only geofences whose
 * name begins with the prefix are touched. Run it as often as you like: the second run changes nothing.
 *
 * Run it with the credentials of a machine user in the environment: LINXIO_EMAIL, LINXIO_PASSWORD, and LINXIO_BASE_URL for an embedded Linxio
 * (`npx linxio-testing`). CI runs it as it stands (`npm run check -- docs`).
 */
import { createClient, type Geofence, type GeofencePayload } from "linxio-js"

const prefix = "site: "

const wanted: ReadonlyArray<GeofencePayload> = [
  { name: "site: Harbour", type: "circle", coordinates: [{ lat: -31.95, lng: 115.86 }], radius: 150 },
  { name: "site: Quarry", type: "circle", coordinates: [{ lat: -32.1, lng: 116.01 }], radius: 400 }
]

await using linxio = createClient()
const { LINXIO_EMAIL: email = "", LINXIO_PASSWORD: password = "" } = process.env
const signedIn = await linxio.auth.login({ email, password })
if (signedIn.error) throw signedIn.error

/** Whether a geofence is what the list says. Fields that are not listed are Linxio's own. */
const isSame = (there: Geofence, listed: GeofencePayload): boolean =>
  there.type === listed.type &&
  there.radius === listed.radius &&
  JSON.stringify(there.coordinates?.map(({ lat, lng }) => [lat, lng])) ===
    JSON.stringify(listed.coordinates?.map(({ lat, lng }) => [lat, lng]))

const sync = async (list: ReadonlyArray<GeofencePayload>): Promise<string> => {
  const existing = new Map<string, Geofence>()
  for await (const geofence of linxio.geofences.stream()) {
    if (geofence.name?.startsWith(prefix) && geofence.status !== "archived") existing.set(geofence.name, geofence)
  }
  const done = { created: 0, changed: 0, archived: 0, failed: 0 }
  // One failure does not stop the others; a geofence that could not be written is tried again by the next run.
  const count = (what: "created" | "changed" | "archived", name: string, error: Error | null): void => {
    if (error) console.error(`${name}: ${error.message}`)
    done[error ? "failed" : what]++
  }
  for (const listed of list) {
    const there = existing.get(listed.name)
    existing.delete(listed.name)
    if (there === undefined) count("created", listed.name, (await linxio.geofences.create(listed)).error)
    else if (!isSame(there, listed)) {
      count("changed", listed.name, (await linxio.geofences.update(there.id ?? "", listed)).error)
    }
  }
  for (const [name, { id }] of existing) count("archived", name, (await linxio.geofences.archive(id ?? "")).error)
  if (done.failed > 0) process.exitCode = 1
  return Object.entries(done)
    .map(([what, times]) => `${times} ${what}`)
    .join(", ")
}

console.log(await sync(wanted)) // => 2 created, 0 changed, 0 archived, 0 failed
console.log(await sync(wanted)) // => 0 created, 0 changed, 0 archived, 0 failed
const moved = wanted.slice(0, 1).map((site) => ({ ...site, radius: 200 }))
console.log(await sync(moved)) // => 0 created, 1 changed, 1 archived, 0 failed
