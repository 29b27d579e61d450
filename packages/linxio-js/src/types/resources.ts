/** The resources of a client, one for each domain. */
import type { cameras } from "linxio-effect/api/cameras"
import type { clients } from "linxio-effect/api/clients"
import type { devices } from "linxio-effect/api/devices"
import type { digitalForms } from "linxio-effect/api/digitalForms"
import type { drivers } from "linxio-effect/api/drivers"
import type { fuel } from "linxio-effect/api/fuel"
import type { geofences } from "linxio-effect/api/geofences"
import type { metadata } from "linxio-effect/api/metadata"
import type { reports } from "linxio-effect/api/reports"
import type { resellers } from "linxio-effect/api/resellers"
import type { routes } from "linxio-effect/api/routes"
import type { sensors } from "linxio-effect/api/sensors"
import type { users } from "linxio-effect/api/users"
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

/**
 * The routes that vehicles drove: their drives and stops in a range. Asked for `coordinates`, a route has its positions as well.
 *
 * @example
 * ```ts
 * import { createClient, type RoutesResource } from "linxio-js"
 *
 * const routes: RoutesResource = createClient({ token: process.env.LINXIO_TOKEN }).routes
 * const { data } = await routes.getVehicleRoutes(1, { fields: ["address"] })
 * console.log((data?.[0]?.routes?.length ?? 0) > 0) // => true
 * ```
 */
export interface RoutesResource extends ResourceOf<typeof routes> {}

/**
 * Devices: the trackers in vehicles, and where each was. A device is installed in one vehicle at a time.
 *
 * @example
 * ```ts
 * import { createClient, type DevicesResource } from "linxio-js"
 *
 * const devices: DevicesResource = createClient({ token: process.env.LINXIO_TOKEN }).devices
 * const { data } = await devices.installation({ vehicleRegNo: "LNX-001" })
 * console.log(data?.deviceId) // => 11
 * ```
 */
export interface DevicesResource extends ResourceOf<typeof devices> {
  /** @deprecated Another name of `installation`. */
  readonly installations: ResourceOf<typeof devices>["installation"]
}

/**
 * Drivers, and which vehicle each drives. A driver is a user: `users` and `clients` create and change them.
 *
 * @example
 * ```ts
 * import { createClient, type DriversResource } from "linxio-js"
 *
 * const drivers: DriversResource = createClient({ token: process.env.LINXIO_TOKEN }).drivers
 * await drivers.assignToVehicle(1, 2)
 * const { data } = await drivers.list({ clientId: 1, fields: ["fullName"] })
 * console.log(data?.map((driver) => driver.fullName).join()) // => Ada Example,Ben Example
 * ```
 */
export interface DriversResource extends ResourceOf<typeof drivers> {}

/**
 * Users of the signed-in account. In a client's tenant `list` was refused where it was tried; `clients.listUsers` worked there.
 *
 * @example
 * ```ts
 * import { createClient, type UsersResource } from "linxio-js"
 *
 * const users: UsersResource = createClient({ token: process.env.LINXIO_TOKEN }).users
 * const { data } = await users.get(11)
 * console.log(data?.fullName) // => Dora Sample
 * ```
 */
export interface UsersResource extends ResourceOf<typeof users> {}

/**
 * Client accounts and their users. A user is written with `firstName` and `lastName`, and read with `name` and `surname`.
 *
 * @example
 * ```ts
 * import { createClient, type ClientsResource } from "linxio-js"
 *
 * const clients: ClientsResource = createClient({ token: process.env.LINXIO_TOKEN }).clients
 * const { data } = await clients.listUsers(1, { role: "driver" })
 * console.log(data?.length) // => 2
 * ```
 */
export interface ClientsResource extends ResourceOf<typeof clients> {}

/**
 * Resellers. In a client's tenant they were refused where they were tried.
 *
 * @example
 * ```ts
 * import { createClient, LinxioApiError, type ResellersResource } from "linxio-js"
 *
 * const resellers: ResellersResource = createClient({ token: process.env.LINXIO_TOKEN }).resellers
 * const { error } = await resellers.list()
 * if (error instanceof LinxioApiError) console.log(error.status, error.reason) // => 403 PermissionDenied
 * ```
 */
export interface ResellersResource extends ResourceOf<typeof resellers> {}

/**
 * Geofences, which the API calls areas, and their groups. `delete` is for good; `archive` can be undone with `restore`.
 *
 * @example
 * ```ts
 * import { createClient, type GeofencesResource } from "linxio-js"
 *
 * const geofences: GeofencesResource = createClient({ token: process.env.LINXIO_TOKEN }).geofences
 * const { data } = await geofences.list({ name: "City depot" })
 * console.log(data?.map((area) => `${area.name}: ${area.radius} m`).join()) // => City depot: 250 m
 * ```
 */
export interface GeofencesResource extends ResourceOf<typeof geofences> {}

/**
 * Sensors and their readings of temperature and humidity. A sensor is connected to a device.
 *
 * @example
 * ```ts
 * import { createClient, type SensorsResource } from "linxio-js"
 *
 * const sensors: SensorsResource = createClient({ token: process.env.LINXIO_TOKEN }).sensors
 * const { data } = await sensors.deviceTemperatureHumidityReport({ sensorId: 91, limit: 1 })
 * console.log(data?.[0]?.temperature) // => 4.5
 * ```
 */
export interface SensorsResource extends ResourceOf<typeof sensors> {}

/**
 * Fuel records, fuel cards and summaries. `records` and `cards` read the same list, as purchases or as cards.
 *
 * @example
 * ```ts
 * import { createClient, type FuelResource } from "linxio-js"
 *
 * const fuel: FuelResource = createClient({ token: process.env.LINXIO_TOKEN }).fuel
 * const { data } = await fuel.records({ vehicleId: 1 })
 * console.log(data?.[0]?.refueled) // => 48.2
 * ```
 */
export interface FuelResource extends ResourceOf<typeof fuel> {}

/**
 * Scheduled reports. Linxio makes and delivers the files itself; the API has only their plans.
 *
 * @example
 * ```ts
 * import { createClient, type ReportsResource } from "linxio-js"
 *
 * const reports: ReportsResource = createClient({ token: process.env.LINXIO_TOKEN }).reports
 * const { data } = await reports.scheduled({ format: "csv" })
 * console.log(data?.[0]?.name) // => Fuel, monthly
 * ```
 */
export interface ReportsResource extends ResourceOf<typeof reports> {}

/**
 * Digital forms and their answers. `answerPdf` gives a `Blob`, `answerPdfStream` the same file while it arrives.
 *
 * @example
 * ```ts
 * import { createClient, type DigitalFormsResource } from "linxio-js"
 *
 * const forms: DigitalFormsResource = createClient({ token: process.env.LINXIO_TOKEN }).digitalForms
 * const { data } = await forms.answerPdf(1)
 * console.log(data?.type) // => application/pdf
 * ```
 */
export interface DigitalFormsResource extends ResourceOf<typeof digitalForms> {}

/**
 * Events of cameras and their types. Their fields depend on the provider of the camera.
 *
 * @example
 * ```ts
 * import { createClient, type CamerasResource } from "linxio-js"
 *
 * const cameras: CamerasResource = createClient({ token: process.env.LINXIO_TOKEN }).cameras
 * const { data } = await cameras.events({ vehicleId: 2 })
 * console.log(data?.[0]?.["type"]) // => harsh-braking
 * ```
 */
export interface CamerasResource extends ResourceOf<typeof cameras> {}

/**
 * Reference data and settings. The lists have no pages; each setting is one record.
 *
 * @example
 * ```ts
 * import { createClient, type MetadataResource } from "linxio-js"
 *
 * const metadata: MetadataResource = createClient({ token: process.env.LINXIO_TOKEN }).metadata
 * const { data } = await metadata.countries()
 * console.log(data?.AU) // => Australia
 * ```
 */
export interface MetadataResource extends ResourceOf<typeof metadata> {}

/**
 * The domains of a client. No method rejects: each resolves to `{ data, error }`; only a `stream` throws.
 *
 * @example
 * ```ts
 * import type { Domains } from "linxio-js"
 *
 * const plates = async ({ vehicles }: Pick<Domains, "vehicles">) => {
 *   const { data, error } = await vehicles.list({ fields: ["id", "regNo"], limit: 50 })
 *   return error ? [] : data.map((vehicle) => vehicle.regNo)
 * }
 * ```
 */
export interface Domains {
  /** Vehicles. */
  readonly vehicles: VehiclesResource
  /** The routes that vehicles drove. */
  readonly routes: RoutesResource
  /** Devices: the trackers in vehicles. */
  readonly devices: DevicesResource
  /** Drivers, and which vehicle each drives. */
  readonly drivers: DriversResource
  /** Users of the signed-in account. */
  readonly users: UsersResource
  /** Client accounts and their users. */
  readonly clients: ClientsResource
  /** Resellers. */
  readonly resellers: ResellersResource
  /** Geofences, which the API calls areas, and their groups. */
  readonly geofences: GeofencesResource
  /** Sensors and their readings. */
  readonly sensors: SensorsResource
  /** Fuel records, fuel cards and summaries. */
  readonly fuel: FuelResource
  /** Scheduled reports. */
  readonly reports: ReportsResource
  /** Digital forms and their answers. */
  readonly digitalForms: DigitalFormsResource
  /** Events of cameras. */
  readonly cameras: CamerasResource
  /** Reference data and settings. */
  readonly metadata: MetadataResource
}
