/** The records of geofences and their groups. Every field is optional and may be null, and fields that are not listed are kept. */
import { latLng, type LatLng, type TeamSummary, teamSummary } from "./common.ts"
import type { Id } from "./operation.ts"
import { all, anything, flag, id, list, needed, number, record, text } from "./shape.ts"

/**
 * The kinds of geofences that are known; others may come.
 *
 * @example
 * ```ts
 * import type { GeofenceType } from "linxio-js"
 *
 * const kind: GeofenceType = "circle"
 * ```
 */
export type GeofenceType = "circle" | "polygon" | "polyline" | "rectangle" | (string & {})

/**
 * A geofence, which the API calls an area.
 *
 * @example
 * ```ts
 * import type { Geofence } from "linxio-js"
 *
 * const center = ({ coordinates, type }: Geofence) => (type === "circle" ? coordinates?.[0] : undefined)
 * console.log(center({ id: 1, type: "circle", coordinates: [{ lat: -34.93, lng: 138.6 }] })?.lat) // => -34.93
 * ```
 */
export interface Geofence {
  /** The id; compare it as text. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  /** Its form. */
  readonly type?: GeofenceType | null
  /** Its corners; for a circle the center alone. */
  readonly coordinates?: ReadonlyArray<LatLng> | null
  /** The form as text; the format is not stated. */
  readonly polygon?: string | null
  /** Metres; of a circle. Missing in the known responses. */
  readonly radius?: number | null
  /** CSS hex such as `#2bb100`. Missing in the known responses. */
  readonly color?: string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  /** Whether the signed-in user may only read it. */
  readonly readOnly?: boolean | null
  /** Its groups; what is in them is not documented. */
  readonly groups?: ReadonlyArray<unknown> | null
  /** The team that it belongs to. */
  readonly team?: TeamSummary | null
  /** ISO-8601. */
  readonly createdAt?: string | null
  /** ISO-8601. */
  readonly updatedAt?: string | null
  readonly [field: string]: unknown
}

/**
 * The fields of a geofence to change.
 *
 * @example
 * ```ts
 * import type { GeofenceChanges } from "linxio-js"
 *
 * const wider: GeofenceChanges = { radius: 400 }
 * ```
 */
export interface GeofenceChanges {
  /** Its name. */
  readonly name?: string | undefined
  /** Its form. */
  readonly type?: GeofenceType | undefined
  /** Its corners, each with `lat` and `lng`; for a circle the center alone. */
  readonly coordinates?: ReadonlyArray<LatLng> | undefined
  /** Metres; of a circle. */
  readonly radius?: number | undefined
  /** CSS hex such as `#2bb100`. */
  readonly color?: string | undefined
  readonly [field: string]: unknown
}

/**
 * A geofence to create. It has no more required fields by the documentation; Linxio answers 422 if a form requires one.
 *
 * @example
 * ```ts
 * import type { GeofencePayload, LinxioClient } from "linxio-js"
 *
 * const depot: GeofencePayload = { name: "Depot", type: "circle", coordinates: [{ lat: -34.93, lng: 138.6 }], radius: 250 }
 * const create = (linxio: LinxioClient) => linxio.geofences.create(depot)
 * ```
 */
export interface GeofencePayload extends GeofenceChanges {
  /** Its name. */
  readonly name: string
  /** Its form. */
  readonly type: GeofenceType
}

/**
 * A group of geofences.
 *
 * @example
 * ```ts
 * import type { AreaGroup } from "linxio-js"
 *
 * const depots: AreaGroup = { id: 1, name: "Depots" }
 * console.log(depots.name) // => Depots
 * ```
 */
export interface AreaGroup {
  /** The id of the group; compare it as text. */
  readonly id?: Id | null
  /** Its name. */
  readonly name?: string | null
  readonly [field: string]: unknown
}

/**
 * The fields of a group of geofences to change. How geofences get into a group is not documented; unknown fields are sent as they are.
 *
 * @example
 * ```ts
 * import type { AreaGroupChanges } from "linxio-js"
 *
 * const renamed: AreaGroupChanges = { name: "Depots in the north" }
 * ```
 */
export interface AreaGroupChanges {
  /** Its name. */
  readonly name?: string | undefined
  readonly [field: string]: unknown
}

/**
 * A group of geofences to create.
 *
 * @example
 * ```ts
 * import type { AreaGroupPayload } from "linxio-js"
 *
 * const depots: AreaGroupPayload = { name: "Depots" }
 * ```
 */
export interface AreaGroupPayload extends AreaGroupChanges {
  /** Its name. */
  readonly name: string
}

/** The shape of a `Geofence`. */
export const geofence = record<Geofence>("Geofence", {
  id,
  ...all(text, "name type polygon color status createdAt updatedAt"),
  coordinates: list(latLng),
  radius: number,
  readOnly: flag,
  groups: list(anything),
  team: teamSummary
})

/** A corner that is written has both numbers, unlike one that is read. */
const corner = record<{ readonly lat: number; readonly lng: number }>("GeofenceCorner", {
  lat: needed(number),
  lng: needed(number)
})

const changes = { ...all(text, "name type color"), coordinates: list(corner), radius: number }

/** The shape of `GeofenceChanges`. */
export const geofenceChanges = record<GeofenceChanges>("GeofenceChanges", changes)

/** The shape of a `GeofencePayload`. */
export const geofencePayload = record<GeofencePayload>("GeofencePayload", {
  ...changes,
  name: needed(text),
  type: needed(text)
})

/** The shape of an `AreaGroup`. */
export const areaGroup = record<AreaGroup>("AreaGroup", { id, name: text })

/** The shape of `AreaGroupChanges`. */
export const areaGroupChanges = record<AreaGroupChanges>("AreaGroupChanges", { name: text })

/** The shape of an `AreaGroupPayload`. */
export const areaGroupPayload = record<AreaGroupPayload>("AreaGroupPayload", { name: needed(text) })
