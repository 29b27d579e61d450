/** Users of the signed-in account. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { Call, HandlersOf } from "./call.ts"
import { iso, merged } from "./collection.ts"
import { people } from "./people.ts"

const user = ({ params, state }: Call<"users.get" | "users.update" | "users.archive" | "users.restore">) =>
  people.found(people.everybody(state), params.userId, "User")

const withStatus = (status: string) => (call: Call<"users.archive"> | Call<"users.restore">) =>
  Effect.map(user(call), (person) => {
    people.put(call.state, merged(person.id, person, { status, updatedAt: iso(call.now) }))
  })

/** What the operations do. Drivers are users as well. */
export const usersHandlers: HandlersOf<"users"> = {
  list: ({ query, state }) => people.listed(state, people.everybody(state), query),
  get: user,
  create: (call) => people.create(call),
  update: (call) => Effect.flatMap(user(call), (person) => people.update(person, call)),
  archive: withStatus("archived"),
  restore: withStatus("active")
}
