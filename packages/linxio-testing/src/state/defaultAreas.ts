/** The geofences and their groups of an embedded Linxio that was given none. */
import { team } from "./defaultPeople.ts"

const depots = { id: 1, name: "Depots" }
const customers = { id: 2, name: "Customers" }

const area = (
  id: number,
  name: string,
  type: string,
  group: object,
  ...corners: ReadonlyArray<readonly [lat: number, lng: number]>
) => ({
  id,
  name,
  type,
  coordinates: corners.map(([lat, lng]) => ({ lat, lng })),
  color: "#2bb100",
  status: "active",
  readOnly: false,
  groups: [group],
  team: team(),
  createdAt: "2026-01-05T08:00:00+00:00"
})

/** The records of geofences and of their groups. */
export const defaultAreas = {
  areaGroups: [depots, customers].map((group) => ({ ...group, status: "active" })),
  geofences: [
    { ...area(1, "City depot", "circle", depots, [-31.9523, 115.8613]), radius: 250 },
    area(2, "Port depot", "polygon", depots, [-32.05, 115.75], [-32.05, 115.77], [-32.07, 115.76]),
    area(3, "Customer East", "rectangle", customers, [-31.905, 115.9], [-31.913, 115.91])
  ]
}
