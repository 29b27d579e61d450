/** What can be done with vehicles. */
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
   * A page of vehicles. Any filter may be a parameter; how many are on a page without a `limit`, is the server's to say.
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
   * One vehicle. A `LinxioApiError` with the reason `NotFound` says that there is none with this id.
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
   * Creates a vehicle. Never retried by itself: what a tenant refuses is a `LinxioApiError` with status 422.
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
   * Changes what the payload names, and nothing else.
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
   * The odometer, now or at `occurredAt` where the tenant has it.
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
   * Sets the odometer, in metres. Never retried by itself.
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
   * The engine hours of now.
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
   * How many vehicles there are, with a filter if one is given.
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
   * The types of vehicles, with the colors of their states: up to 1000 in their order, unless `params` say otherwise.
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
   * All vehicles from the page that `params` ask for, read page by page into one result.
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
   * The vehicles one by one from the page that `params` ask for. A page is asked for when its vehicles are wanted, and `break` ends it. A call that
   * fails throws its `LinxioError` where the loop stands. A record that cannot be read is passed over, unless `strict` is true.
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
