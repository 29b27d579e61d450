/** Geofences, which the API calls areas, and their groups. As the embedded Linxio has them. */
import * as Effect from "effect/Effect"
import type { SeededRecord } from "../Options.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import type { HandlersOf } from "./call.ts"
import { collection } from "./collection.ts"

const areas = collection("geofences", "Area", "areaId")
const groups = collection("areaGroups", "Area group", "groupId")

const isBlank = (value: unknown) => typeof value !== "string" || value.trim() === ""

const isOnEarth = (corner: unknown): boolean => {
  const { lat, lng } = Object(corner)
  return typeof lat === "number" && Math.abs(lat) <= 90 && typeof lng === "number" && Math.abs(lng) <= 180
}

/** How many corners each form has at least; a circle has exactly its center. */
const least: Readonly<Record<string, number>> = { polygon: 3, polyline: 2, rectangle: 2 }

const issueOf = (area: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> | undefined => {
  const { coordinates, name, radius, type } = area
  if (isBlank(name)) return { name: "This value should not be blank." }
  if (isBlank(type)) return { type: "This value should not be blank." }
  const corners = Array.isArray(coordinates) ? coordinates : []
  if (!corners.every(isOnEarth)) return { coordinates: "This value is not a valid position." }
  if (type === "circle" && corners.length !== 1) return { coordinates: "A circle has one coordinate, its center." }
  if (type === "circle" && !(typeof radius === "number" && radius > 0))
    return { radius: "This value should be positive." }
  return corners.length < (least[String(type)] ?? 0) ? { coordinates: "These are too few coordinates." } : undefined
}

/** What a tenant may check, for the whole geofence as it will be; which rules Linxio has, is not public. */
const checked = (payload: object, before: object = {}): Effect.Effect<void, Refusal> => {
  const given = Object.entries(payload).filter(([, value]) => value !== undefined)
  const issue = issueOf({ ...before, ...Object.fromEntries(given) })
  return issue ? Effect.fail(reject(422, issue)) : Effect.void
}

const namedGroup = ({ name }: { readonly name?: unknown }, isNew: boolean): Effect.Effect<void, Refusal> =>
  isBlank(name) && (isNew || name !== undefined)
    ? Effect.fail(reject(422, { name: "This value should not be blank." }))
    : Effect.void

const first: Omit<SeededRecord, "id"> = { status: "active", readOnly: false, groups: [] }

/** What the operations do. The list of groups is a bare array. */
export const geofencesHandlers: HandlersOf<"geofences"> = {
  list: areas.list,
  get: areas.find,
  create: (call) => Effect.andThen(checked(call.payload), areas.create(call, first)),
  update: (call) =>
    Effect.flatMap(areas.find(call), (area) => Effect.andThen(checked(call.payload, area), areas.update(call))),
  delete: areas.remove,
  archive: areas.withStatus("archived"),
  restore: areas.withStatus("active"),
  listGroups: ({ state }) => Effect.sync(() => groups.all(state)),
  getGroup: groups.find,
  createGroup: (call) => Effect.andThen(namedGroup(call.payload, true), groups.create(call, { status: "active" })),
  updateGroup: (call) =>
    Effect.flatMap(groups.find(call), () => Effect.andThen(namedGroup(call.payload, false), groups.update(call))),
  deleteGroup: groups.remove,
  archiveGroup: groups.withStatus("archived"),
  restoreGroup: groups.withStatus("active")
}
