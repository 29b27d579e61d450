/** Who and what the records of a fleet have in common: a team, depots, and names of nobody. */
import { drawOf, type Position } from "./draw.ts"

export const team = {
  id: 1,
  type: "client",
  clientId: 1,
  clientName: "Example Haulage",
  resellerId: null,
  resellerName: null
}

const colors = ["#2bb100", "#2f80ed", "#f2994a", "#9b51e0"] as const

const depot = (id: number, name: string, lat: number, lng: number) => ({
  depot: { id, name, color: colors[id % colors.length] ?? colors[0], status: 1 },
  at: { lat, lng } satisfies Position
})

/** Depots around Perth; the loop that vehicles drive by the clock leads from the first one to the second. */
export const sites = [
  depot(1, "City depot", -31.9523, 115.8613),
  depot(2, "Harbour depot", -31.909, 115.905),
  depot(3, "South depot", -32.052, 115.858),
  depot(4, "Hills depot", -31.898, 116.056),
  depot(5, "Airport depot", -31.943, 115.968),
  depot(6, "North depot", -31.773, 115.769)
] as const

/** Vehicles are spread evenly over the depots. */
export const siteOf = (id: number): (typeof sites)[number] => sites[id % sites.length] ?? sites[0]

/** The id of the driver of a vehicle: a text, as ids of users are in known responses. */
export const driverIdOf = (id: number): string => String(36_000 + id)

// Words, and no names of a person.
const given = [
  "Amber",
  "Aspen",
  "Brook",
  "Cedar",
  "Clover",
  "Coral",
  "Ember",
  "Flint",
  "Hazel",
  "Indigo",
  "Maple",
  "Rowan",
  "Sage",
  "Sky"
] as const
const family = [
  "Ashgrove",
  "Bramblewood",
  "Clearwater",
  "Driftwood",
  "Elmbridge",
  "Fernhollow",
  "Greywether",
  "Larkmeadow",
  "Millrace",
  "Oakenfold",
  "Pinecrest",
  "Quarrystone",
  "Reedbank",
  "Silverbirch"
] as const

/** The name of a driver. */
export const nameOf = (seed: number, id: number): { readonly name: string; readonly surname: string } => {
  const draw = drawOf(seed, "name", id)
  return { name: draw.of(given), surname: draw.of(family) }
}
