/** The resources of a client, one for each domain. */
import type { vehicles } from "linxio-effect/api/vehicles"
import type { ResourceOf } from "./resource.ts"

/**
 * Vehicles.
 *
 * @example
 * ```ts
 * import { createClient, type VehiclesResource } from "linxio-js"
 *
 * const vehicles: VehiclesResource = createClient({ token: process.env.LINXIO_TOKEN }).vehicles
 * const { data } = await vehicles.count()
 * console.log((data?.count ?? 0) > 0) // => true
 * ```
 */
export interface VehiclesResource extends ResourceOf<typeof vehicles> {}
