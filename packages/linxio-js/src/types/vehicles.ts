/** The methods of `linxio.vehicles`. */
import type { Count, Filters, Id, ListParams } from "linxio-effect/api/operation"
import type {
  EngineHours,
  Odometer,
  OdometerParams,
  OdometerRecalibration,
  Vehicle,
  VehicleField,
  VehiclePayload,
  VehicleType
} from "linxio-effect/api/vehicles"
import type { CallOptions, ListOptions } from "../options.ts"
import type { PageResult, Result } from "./Result.ts"

/**
 * Vehicles. No method rejects: each resolves to `{ data, error }`; only `stream` throws.
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
export interface VehiclesResource {
  /**
   * A page of vehicles. Parameters other than `fields`, `limit`, `page` and `sort` are filters. Without a `limit`, the server decides the page size.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const active = (linxio: LinxioClient) => linxio.vehicles.list({ fields: ["id", "regNo"], status: "active", limit: 50 })
   * ```
   */
  readonly list: (params?: ListParams<VehicleField>, options?: ListOptions) => Promise<PageResult<Vehicle>>
  /**
   * One vehicle. Fails with a `LinxioApiError` with the reason `NotFound` if there is none with this id.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const plate = async (linxio: LinxioClient) => (await linxio.vehicles.get(1)).data?.regNo
   * ```
   */
  readonly get: (vehicleId: Id, options?: CallOptions) => Promise<Result<Vehicle>>
  /**
   * Creates a vehicle. Never retried automatically. Input that Linxio refuses is a `LinxioApiError` with status 422.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const create = (linxio: LinxioClient) => linxio.vehicles.create({ regNo: "LNX-004", model: "Transit" })
   * ```
   */
  readonly create: (payload: VehiclePayload, options?: CallOptions) => Promise<Result<Vehicle>>
  /**
   * Changes the fields in the payload; the others keep their values.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const rename = (linxio: LinxioClient) => linxio.vehicles.update(1, { defaultLabel: "NW201" })
   * ```
   */
  readonly update: (vehicleId: Id, payload: VehiclePayload, options?: CallOptions) => Promise<Result<Vehicle>>
  /**
   * Takes a vehicle out of use; `restore` brings it back.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const retire = (linxio: LinxioClient) => linxio.vehicles.archive(1)
   * ```
   */
  readonly archive: (vehicleId: Id, options?: CallOptions) => Promise<Result<null>>
  /**
   * Brings an archived vehicle back.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const reuse = (linxio: LinxioClient) => linxio.vehicles.restore(1)
   * ```
   */
  readonly restore: (vehicleId: Id, options?: CallOptions) => Promise<Result<null>>
  /**
   * The current odometer, or the odometer at `occurredAt`.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const atNewYear = (linxio: LinxioClient) =>
   *   linxio.vehicles.getOdometer(1, { occurredAt: "2026-01-01T00:00:00+10:30" })
   * ```
   */
  readonly getOdometer: (vehicleId: Id, params?: OdometerParams, options?: CallOptions) => Promise<Result<Odometer>>
  /**
   * Sets the odometer, in metres. Never retried automatically.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const set = (linxio: LinxioClient) =>
   *   linxio.vehicles.recalibrateOdometer(1, { odometer: 84_215_000, occurredAt: new Date() })
   * ```
   */
  readonly recalibrateOdometer: (
    vehicleId: Id,
    payload: OdometerRecalibration,
    options?: CallOptions
  ) => Promise<Result<Odometer>>
  /**
   * The current engine hours.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const hours = async (linxio: LinxioClient) => (await linxio.vehicles.getEngineHours(1)).data?.engineHours
   * ```
   */
  readonly getEngineHours: (vehicleId: Id, options?: CallOptions) => Promise<Result<EngineHours>>
  /**
   * The number of vehicles that match the filters; of all vehicles without a filter.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const active = async (linxio: LinxioClient) => (await linxio.vehicles.count({ status: "active" })).data?.count
   * ```
   */
  readonly count: (params?: Filters, options?: CallOptions) => Promise<Result<Count>>
  /**
   * The vehicle types, with the colors of their states. Up to 1000, sorted by their order, unless `params` set another limit or order.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const names = async (linxio: LinxioClient) => (await linxio.vehicles.types()).data?.map((type) => type.name)
   * ```
   */
  readonly types: (params?: ListParams, options?: ListOptions) => Promise<PageResult<VehicleType>>
  /**
   * All vehicles, starting at the page in `params`, read page by page into one result.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const all = (linxio: LinxioClient) => linxio.vehicles.iterate({ fields: ["id"] })
   * ```
   */
  readonly iterate: (params?: ListParams<VehicleField>, options?: ListOptions) => Promise<PageResult<Vehicle>>
  /**
   * The vehicles one by one, starting at the page in `params`. A page is requested when the loop reaches it; `break` stops. The loop throws the
   * `LinxioError` of a call that fails. A record that cannot be read is skipped, unless `strict` is true.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const print = async (linxio: LinxioClient) => {
   *   for await (const vehicle of linxio.vehicles.stream({ fields: ["id", "regNo"] })) console.log(vehicle.regNo)
   * }
   * ```
   */
  readonly stream: (params?: ListParams<VehicleField>, options?: ListOptions) => AsyncIterable<Vehicle>
}
