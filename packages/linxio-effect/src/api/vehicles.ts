/**
 * The wire contract of vehicles, as far as the first client needs it.
 *
 * Source: the public `linxio-js` documentation. Lists come in more than one envelope, so `VehicleList` takes all of them and `vehiclePage`
 * makes one shape of it.
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Schema from "effect/Schema"
import { openObject } from "./openObject.ts"
import { Id, nullish } from "./schemas.ts"
import {
  ApplicationRefusal401,
  ApplicationRefusal403,
  ApplicationRefusal404,
  GatewayRefusal401
} from "./refusalStatus.ts"

/** A vehicle: every field is optional, and fields that are not listed here are kept, since `fields[]` can ask for them. */
export const Vehicle = openObject("Vehicle", {
  id: nullish(Id),
  regNo: nullish(Schema.String),
  model: nullish(Schema.String),
  status: nullish(Schema.String)
})

const paging = { page: nullish(Schema.Finite), limit: nullish(Schema.Finite), total: nullish(Schema.Finite) }

const Page = Schema.Struct({ data: Schema.Array(Vehicle), ...paging })

const NamedPage = Schema.Struct({ vehicles: Schema.Array(Vehicle), ...paging })

/** The envelopes of a list: `{data:[…]}`, the same under `result`, or the array under the endpoint's own name. */
export const VehicleList = Schema.Union([Page, Schema.Struct({ result: Schema.Union([Page, NamedPage]) }), NamedPage])

/** The answer of `/vehicles/count`. Its shape is not public: a bare number, `{count}` and `{total}` are all understood, other fields are kept. */
export const VehicleCountReply = Schema.Union([
  Schema.Finite,
  Schema.StructWithRest(Schema.Struct({ count: nullish(Schema.Finite), total: nullish(Schema.Finite) }), [
    Schema.Record(Schema.String, Schema.Unknown)
  ])
])

/** Counts the vehicles that the signed-in user may see. */
export const vehicleCount = HttpApiEndpoint.get("vehicleCount", "/vehicles/count", {
  success: VehicleCountReply,
  error: [GatewayRefusal401, ApplicationRefusal401, ApplicationRefusal403]
})

/** Lists vehicles, a page at a time; `fields[]` repeats, `page` counts from 1. */
export const listVehicles = HttpApiEndpoint.get("listVehicles", "/vehicles/fields/json", {
  query: {
    "fields[]": Schema.optionalKey(Schema.Array(Schema.String)),
    limit: Schema.optionalKey(Schema.Finite),
    page: Schema.optionalKey(Schema.Finite),
    sort: Schema.optionalKey(Schema.String)
  },
  success: VehicleList,
  error: [GatewayRefusal401, ApplicationRefusal401, ApplicationRefusal403]
})

/** Reads one vehicle. */
export const getVehicle = HttpApiEndpoint.get("getVehicle", "/vehicles/:id", {
  params: { id: Schema.String },
  success: Vehicle,
  error: [GatewayRefusal401, ApplicationRefusal401, ApplicationRefusal403, ApplicationRefusal404]
})

/**
 * One page out of any of the list's envelopes.
 *
 * @example
 * ```ts
 * import { vehiclePage } from "linxio-effect/api/vehicles"
 *
 * console.log(vehiclePage({ result: { vehicles: [{ id: 1 }], total: 1 } }).total) // => 1
 * ```
 */
export const vehiclePage = (list: typeof VehicleList.Type) => {
  const page = "result" in list ? list.result : list
  return {
    vehicles: "data" in page ? page.data : page.vehicles,
    page: page.page ?? undefined,
    limit: page.limit ?? undefined,
    total: page.total ?? undefined
  }
}

/** The vehicles group of the contract. */
export class VehicleApi extends HttpApiGroup.make("vehicles").add(vehicleCount, listVehicles, getVehicle) {}
