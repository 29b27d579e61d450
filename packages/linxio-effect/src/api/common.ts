/** Records that several domains share. Every field is optional unless it says otherwise, and fields that are not listed are kept. */
import type { Id } from "./operation.ts"
import { all, id, number, record, text } from "./shape.ts"

/**
 * The team that something belongs to.
 *
 * @example
 * ```ts
 * import type { TeamSummary } from "linxio-js"
 *
 * const nameOf = (team: TeamSummary) => team.clientName ?? team.resellerName ?? "no name"
 * console.log(nameOf({ id: 1, clientName: "Acme" })) // => Acme
 * ```
 */
export interface TeamSummary {
  /** The id of the team. */
  readonly id?: Id
  /** `client`, `reseller` or `admin`, as far as is known. */
  readonly type?: string
  /** The id of the client account, if it is a client's team. */
  readonly clientId?: Id | null
  /** The name of the client account. */
  readonly clientName?: string | null
  /** The id of the reseller, if there is one. */
  readonly resellerId?: Id | null
  /** The name of the reseller. */
  readonly resellerName?: string | null
  readonly [field: string]: unknown
}

/** The shape of a `TeamSummary`. */
export const teamSummary = record<TeamSummary>("TeamSummary", {
  ...all(id, "id clientId resellerId"),
  ...all(text, "type clientName resellerName")
})

/**
 * The user who created or changed a record.
 *
 * @example
 * ```ts
 * import type { UserAuditSummary } from "linxio-js"
 *
 * const nameOf = (user: UserAuditSummary) => user.fullName ?? user.email
 * console.log(nameOf({ id: "36421", fullName: "Ada" })) // => Ada
 * ```
 */
export interface UserAuditSummary {
  /** The id of the user, a text in the known responses. */
  readonly id?: Id
  /** The address of the user. */
  readonly email?: string | null
  /** The name to show. */
  readonly fullName?: string | null
  /** The kind of the user's team. */
  readonly teamType?: string | null
  readonly [field: string]: unknown
}

/** The shape of a `UserAuditSummary`. */
export const userAuditSummary = record<UserAuditSummary>("UserAuditSummary", {
  id,
  ...all(text, "email fullName teamType")
})

/**
 * A geographic position.
 *
 * @example
 * ```ts
 * import type { LatLng } from "linxio-js"
 *
 * const adelaide: LatLng = { lat: -34.93, lng: 138.6 }
 * console.log(adelaide.lat) // => -34.93
 * ```
 */
export interface LatLng {
  /** Degrees north, decimal. */
  readonly lat?: number | null
  /** Degrees east, decimal. */
  readonly lng?: number | null
  /** When it was measured, ISO-8601; may be missing. */
  readonly ts?: string | null
  readonly [field: string]: unknown
}

/** The shape of a `LatLng`. */
export const latLng = record<LatLng>("LatLng", { ...all(number, "lat lng"), ts: text })
