/** The endpoints of the contract, by name. */
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { LinxioApi } from "linxio-effect/LinxioApi"

type Groups = (typeof LinxioApi)["groups"]

/** Any endpoint of the contract. */
export type Endpoint = HttpApiGroup.Endpoints<Groups[keyof Groups]>

/** The name that the contract gives an endpoint. */
export type EndpointName = Endpoint["identifier"]

/** The endpoint of that name. */
export type EndpointOf<Name extends EndpointName> = Extract<Endpoint, { readonly identifier: Name }>

const { auth, vehicles } = LinxioApi.groups

/** Every endpoint by name; the compiler refuses this table when the contract has one that is missing here. */
export const endpoints: { readonly [Name in EndpointName]: EndpointOf<Name> } = {
  ...auth.endpoints,
  ...vehicles.endpoints
}

/** The names of all endpoints. */
export const endpointNames: ReadonlyArray<EndpointName> = Object.values(endpoints).map(
  (endpoint) => endpoint.identifier
)

/** The endpoints that take no bearer and must not be sent one. */
export const withoutBearer: ReadonlySet<EndpointName> = new Set<EndpointName>(["login", "verifyOtp", "refresh"])
