/** The endpoints of the contract by name. */
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { LinxioApi } from "linxio-effect/LinxioApi"

type Groups = (typeof LinxioApi)["groups"]

/** Any endpoint of the contract. */
export type Endpoint = HttpApiGroup.Endpoints<Groups[keyof Groups]>

/** The name of an endpoint in the contract. */
export type EndpointName = Endpoint["identifier"]

/** The endpoint with this name. */
export type EndpointOf<Name extends EndpointName> = Extract<Endpoint, { readonly identifier: Name }>

const { auth, vehicles } = LinxioApi.groups

/** Every endpoint by name. The compiler refuses this table if an endpoint of the contract is missing. */
export const endpoints: { readonly [Name in EndpointName]: EndpointOf<Name> } = {
  ...auth.endpoints,
  ...vehicles.endpoints
}

/** The names of all endpoints. */
export const endpointNames: ReadonlyArray<EndpointName> = Object.values(endpoints).map(
  (endpoint) => endpoint.identifier
)

/** The endpoints that need no token. A client must not send them one. */
export const withoutBearer: ReadonlySet<EndpointName> = new Set<EndpointName>(["login", "verifyOtp", "refresh"])
