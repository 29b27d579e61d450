/** `linxio.vehicles`: one method for each operation, and the list as one result or as a stream. */
import { vehicles } from "linxio-effect/api/vehicles"
import type { VehiclesResource } from "../types.ts"
import type { Resources } from "./resource.ts"

export const makeVehicles = ({ methods, paging }: Resources): VehiclesResource => ({
  ...methods<Omit<VehiclesResource, "iterate" | "stream">>("vehicles", vehicles),
  ...paging("vehicles", vehicles.list)
})
