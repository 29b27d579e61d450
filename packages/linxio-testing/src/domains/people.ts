/** The people of the embedded Linxio: its users and its drivers. A driver is a user with the role `driver`. */
import * as Effect from "effect/Effect"
import type { SeededRecord } from "../Options.ts"
import type { StateCell } from "../state/serverState.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import { collection, iso, merged, mostOnAPage, nextId } from "./collection.ts"
import { filtered, type ListQuery, paged } from "./lists.ts"

const users = collection("users", "User", "userId")
const drivers = collection("drivers", "Driver", "driverId")

const hasId = (id: unknown) => (each: SeededRecord) => String(each.id) === String(id)

/** Everybody. Who is in both kinds of records counts once, as a user. */
const everybody = (state: StateCell): ReadonlyArray<SeededRecord> => {
  const known = users.all(state)
  return [...known, ...drivers.all(state).filter(({ id }) => !known.some(hasId(id)))]
}

/** The role as text, also where the record has an object. */
const roleOf = (state: StateCell, { id, role }: SeededRecord): unknown =>
  typeof role === "object" && role !== null
    ? Reflect.get(role, "name")
    : (role ?? (drivers.all(state).some(hasId(id)) ? "driver" : undefined))

const isDriver = (state: StateCell) => (person: SeededRecord) => roleOf(state, person) === "driver"

/** Whether somebody belongs to a client account; who has no team belongs to every one. */
const isOf = (clientId: string) => (person: SeededRecord) => {
  const own: unknown = Object(person["team"]).clientId
  return own === undefined || own === null || own === clientId || `${Number(own)}` === clientId
}

/** A page of these people. `role` is compared with the name of a role that is an object. */
const listed = (state: StateCell, people: ReadonlyArray<SeededRecord>, query: ListQuery) => {
  const { role, "role[]": roles, ...others } = query
  const left = people.filter(
    (person) => filtered([{ role: roleOf(state, person) }], { role: role ?? roles }).length > 0
  )
  return paged(left, others, mostOnAPage)
}

const found = (
  people: ReadonlyArray<SeededRecord>,
  id: string,
  label: string
): Effect.Effect<SeededRecord, Refusal> => {
  const person = people.find(hasId(id))
  return person ? Effect.succeed(person) : Effect.fail(reject(404, `${label} not found.`))
}

const put = (state: StateCell, person: SeededRecord): SeededRecord =>
  (users.all(state).some(hasId(person.id)) || !drivers.all(state).some(hasId(person.id)) ? users : drivers).put(
    state,
    person
  )

/** What is written as `firstName` and `lastName` is read as `name` and `surname`, and both make the name to show. */
const named = (payload: object, before: object = {}): object => {
  const { firstName, lastName, ...given }: { readonly [field: string]: unknown } = { ...payload }
  const names = Object.entries({ name: firstName, surname: lastName }).filter(([, value]) => value !== undefined)
  const written = { ...given, ...Object.fromEntries(names) }
  if (!("name" in written || "surname" in written) || "fullName" in written) return written
  const { name, surname } = Object({ ...before, ...written })
  return { ...written, fullName: [name, surname].filter(Boolean).join(" ") }
}

/** What a tenant may check; which rules Linxio has, is not public. */
const checked = (state: StateCell, payload: object, self?: SeededRecord): Effect.Effect<void, Refusal> => {
  const { email }: { readonly email?: unknown } = payload
  if (email === undefined && self) return Effect.void
  if (typeof email !== "string" || email.trim() === "")
    return Effect.fail(reject(422, { email: "This value should not be blank." }))
  if (!email.includes("@")) return Effect.fail(reject(422, { email: "This value is not a valid email address." }))
  return everybody(state).some((other) => other["email"] === email && other.id !== self?.id)
    ? Effect.fail(reject(422, { email: "This value is already used." }))
    : Effect.void
}

interface Write {
  readonly now: number
  readonly payload: object
  readonly state: StateCell
}

const create = ({ now, payload, state }: Write, more: object = {}): Effect.Effect<SeededRecord, Refusal> =>
  Effect.map(checked(state, payload), () => {
    return put(
      state,
      merged(nextId(everybody(state)), { status: "active" }, more, named(payload), { createdAt: iso(now) })
    )
  })

const update = (person: SeededRecord, { now, payload, state }: Write): Effect.Effect<SeededRecord, Refusal> =>
  Effect.map(checked(state, payload, person), () =>
    put(state, merged(person.id, person, named(payload, person), { updatedAt: iso(now) }))
  )

export const people = { create, everybody, found, isDriver, isOf, listed, put, update }
