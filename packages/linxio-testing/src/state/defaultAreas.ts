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
    { ...area(1, "Depot North", "circle", depots, [-34.85, 138.6]), radius: 250 },
    area(2, "Depot South", "polygon", depots, [-35.02, 138.5], [-35.02, 138.52], [-35.04, 138.51]),
    area(3, "Harbour", "rectangle", customers, [-34.78, 138.48], [-34.8, 138.51])
  ]
}
