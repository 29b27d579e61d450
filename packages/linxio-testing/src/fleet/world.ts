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

/** Depots around Adelaide and Melbourne. */
export const sites = [
  depot(1, "North depot", -34.74, 138.62),
  depot(2, "Port depot", -34.84, 138.5),
  depot(3, "South depot", -35.13, 138.53),
  depot(4, "Hills depot", -35.06, 138.86),
  depot(5, "West depot", -37.82, 144.79),
  depot(6, "Bay depot", -38.12, 144.36)
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
