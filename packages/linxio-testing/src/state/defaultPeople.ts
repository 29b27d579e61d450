/** The client accounts, resellers, users and drivers of an embedded Linxio that was given none. */

const createdAt = "2026-01-05T08:00:00+00:00"

const clients = [
  { id: 1, name: "Example Transport", timezone: 1 },
  { id: 2, name: "Example Freight", timezone: 1 },
  { id: 3, name: "Example Couriers", timezone: 2 }
] as const

/** The team of a client account. */
export const team = ({ id, name }: { readonly id: number; readonly name: string } = clients[0]) => ({
  id,
  type: "client",
  clientId: id,
  clientName: name
})

/** Public sources have the role of a user as text and as an object: here some have one and some the other. */
const person = (
  id: number,
  name: string,
  surname: string,
  role: string | object,
  client?: (typeof clients)[number]
) => ({
  id,
  name,
  surname,
  fullName: `${name} ${surname}`,
  email: `${name.toLowerCase()}@example.test`,
  role,
  status: "active",
  team: team(client),
  createdAt
})

const roleOf = (id: number, displayName: string) => ({ id, name: displayName.toLowerCase(), displayName })

/** The records of people and of their accounts. */
export const defaultPeople = {
  clients,
  drivers: [
    { ...person(1, "Ada", "Example", "driver"), phone: "+61491570006" },
    { ...person(2, "Ben", "Example", roleOf(3, "Driver")), phone: "+61491570156" },
    { ...person(3, "Cleo", "Example", "driver", clients[1]), phone: "+61491570157" }
  ],
  resellers: [
    { id: 1, name: "Example Telematics" },
    { id: 2, name: "Example Fleets" }
  ],
  users: [
    person(11, "Dora", "Sample", "admin"),
    person(12, "Emil", "Sample", roleOf(2, "Manager")),
    person(13, "Fay", "Sample", "manager", clients[1])
  ]
}
