/** The operation on routes and its records, from public sources only. */
import { latLng, type LatLng } from "./common.ts"
import { type Filters, type Id, operation, page, params } from "./operation.ts"
import { all, anything, flag, id, list, number, record, text } from "./shape.ts"

/**
 * The start or the end of a route.
 *
 * @example
 * ```ts
 * import type { RoutePoint } from "linxio-js"
 *
 * const depot: RoutePoint = { address: "1 Depot Road", lastCoordinates: { lat: -31.95, lng: 115.86 } }
 * console.log(depot.address) // => 1 Depot Road
 * ```
 */
export interface RoutePoint {
  /** The address. */
  readonly address?: string | null
  /** The position. */
  readonly lastCoordinates?: LatLng | null
  readonly [field: string]: unknown
}

/**
 * A position on a route.
 *
 * @example
 * ```ts
 * import type { RouteCoordinate } from "linxio-js"
 *
 * const at: RouteCoordinate = { lat: -31.95, lng: 115.86, ts: "2026-06-08T12:00:00+08:00" }
 * console.log(at.lng) // => 115.86
 * ```
 */
export interface RouteCoordinate extends LatLng {
  /** The id of the position. */
  readonly id?: Id | null
  /** Not documented. */
  readonly nullable?: boolean | null
}

/**
 * A part of a vehicle's day: a drive, or a stop.
 *
 * @example
 * ```ts
 * import type { VehicleRoute } from "linxio-js"
 *
 * const drives = (routes: ReadonlyArray<VehicleRoute>) => routes.filter((route) => route.type === "driving")
 * console.log(drives([{ type: "driving" }, { type: "stopped" }]).length) // => 1
 * ```
 */
export interface VehicleRoute {
  /** The id of the route. */
  readonly id?: Id | null
  /** An open word. Known values: `driving`, `idle`, `stopped`. */
  readonly type?: string | null
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** The id of the driver. */
  readonly driverId?: Id | null
  /** The id of the device. */
  readonly deviceId?: Id | null
  /** Where it started. */
  readonly pointStart?: RoutePoint | null
  /** Where it ended. */
  readonly pointFinish?: RoutePoint | null
  /** The positions, if they were asked for. */
  readonly coordinates?: ReadonlyArray<RouteCoordinate> | null
  /** The address. */
  readonly address?: string | null
  /** Unit not stated. Linxio may send it as text. */
  readonly distance?: number | null
  /** Unit not stated. */
  readonly duration?: number | null
  /** Unit not stated. */
  readonly avgSpeed?: number | null
  /** Unit not stated. */
  readonly maxSpeed?: number | null
  /** A comment. */
  readonly comment?: string | null
  /** Not documented. */
  readonly scope?: unknown
  readonly [field: string]: unknown
}

/**
 * The routes of a vehicle and a driver.
 *
 * @example
 * ```ts
 * import type { VehicleRoutesGroup } from "linxio-js"
 *
 * const count = (groups: ReadonlyArray<VehicleRoutesGroup>) => groups.flatMap((group) => group.routes ?? []).length
 * console.log(count([{ vehicleId: 1, routes: [{ id: 1 }] }])) // => 1
 * ```
 */
export interface VehicleRoutesGroup {
  /** The id of the vehicle. */
  readonly vehicleId?: Id | null
  /** The id of the driver. */
  readonly driverId?: Id | null
  /** The routes. */
  readonly routes?: ReadonlyArray<VehicleRoute> | null
  readonly [field: string]: unknown
}

/**
 * Names for `fields` of a route; any other may be asked for as well. `coordinates` makes the response very large.
 *
 * @example
 * ```ts
 * import type { RouteField } from "linxio-js"
 *
 * const fields: Array<RouteField> = ["driver", "address"]
 * ```
 */
export type RouteField = "coordinates" | "driver" | "vehicle" | "address"

/**
 * The parameters of `getVehicleRoutes`. `limit` and `page` are passed on; whether Linxio uses them is not documented.
 *
 * @example
 * ```ts
 * import type { VehicleRoutesParams } from "linxio-js"
 *
 * const day: VehicleRoutesParams = { dateFrom: "2026-06-01T00:00:00+08:00", dateTo: "2026-06-02T00:00:00+08:00" }
 * ```
 */
export interface VehicleRoutesParams extends Filters {
  /** The fields to add to a route; see `RouteField`. */
  readonly fields?: ReadonlyArray<RouteField | (string & {})> | undefined
  /** The start: ISO-8601 with an offset, or a `Date`. */
  readonly dateFrom?: string | Date | undefined
  /** The end: ISO-8601 with an offset, or a `Date`; not before the start. */
  readonly dateTo?: string | Date | undefined
}

const routePoint = record<RoutePoint>("RoutePoint", { address: text, lastCoordinates: latLng })

const routeCoordinate = record<RouteCoordinate>("RouteCoordinate", {
  id,
  ...all(number, "lat lng"),
  ts: text,
  nullable: flag
})

const vehicleRoute = record<VehicleRoute>("VehicleRoute", {
  ...all(id, "id vehicleId driverId deviceId"),
  ...all(text, "type address comment"),
  ...all(number, "distance duration avgSpeed maxSpeed"),
  ...all(routePoint, "pointStart pointFinish"),
  coordinates: list(routeCoordinate),
  scope: anything
})

/** The operations, by the names of the methods that offer them. */
export const routes = {
  /** The routes of a vehicle in a range, grouped by driver; with the field `coordinates` the response is very large. Documented. */
  getVehicleRoutes: operation(
    "GET",
    "/vehicles/:vehicleId/routes",
    "OP",
    page(
      record<VehicleRoutesGroup>("VehicleRoutesGroup", {
        ...all(id, "vehicleId driverId"),
        routes: list(vehicleRoute)
      }),
      "routes"
    ),
    { query: params<VehicleRoutesParams>("dateFrom", "dateTo", "fields") }
  )
}
