/** Client accounts and their users. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { Call, HandlersOf } from "./call.ts"
import { collection } from "./collection.ts"
import { people } from "./people.ts"

const clients = collection("clients", "Client", "clientId")

/** The people of the client account in the path, or 404. */
const peopleOf = (call: Call<"clients.listUsers" | "clients.getUser" | "clients.updateUser">) =>
  Effect.map(clients.find(call), ({ id }) => people.everybody(call.state).filter(people.isOf(String(id))))

const user = (call: Call<"clients.getUser"> | Call<"clients.updateUser">) =>
  Effect.flatMap(peopleOf(call), (all) => people.found(all, call.params.userId, "User"))

/** What the operations do. */
export const clientsHandlers: HandlersOf<"clients"> = {
  list: clients.list,
  get: clients.find,
  listUsers: (call) => Effect.flatMap(peopleOf(call), (all) => people.listed(call.state, all, call.query)),
  getUser: user,
  createUser: (call) =>
    Effect.flatMap(clients.find(call), ({ id, name }) =>
      people.create(call, { team: { id, type: "client", clientId: id, clientName: name } })
    ),
  updateUser: (call) => Effect.flatMap(user(call), (person) => people.update(person, call))
}
