/** The endpoints of the contract by name. */
import { LinxioApi } from "linxio-effect/LinxioApi"

type Groups = (typeof LinxioApi)["groups"]

type Domain = Exclude<keyof Groups, "auth">

/** The name of an endpoint: `login`, or for other domains than `auth` both names, such as `vehicles.list`. */
export type EndpointName =
  | keyof Groups["auth"]["endpoints"]
  | { [D in Domain]: `${D}.${keyof Groups[D]["endpoints"] & string}` }[Domain]

/** The endpoint with this name. */
export type EndpointOf<Name extends EndpointName> = Name extends `${infer D extends Domain}.${infer Method}`
  ? Groups[D]["endpoints"][Method & keyof Groups[D]["endpoints"]]
  : Groups["auth"]["endpoints"][Name & keyof Groups["auth"]["endpoints"]]

/** Any endpoint of the contract. */
export type Endpoint = EndpointOf<EndpointName>

/** Every endpoint by name. */
// A cast: `EndpointName` and `EndpointOf` are read off the same groups.
export const endpoints = Object.fromEntries(
  Object.values(LinxioApi.groups).flatMap(({ endpoints, identifier }) =>
    Object.entries(endpoints).map(([name, endpoint]) => [
      identifier === "auth" ? name : `${identifier}.${name}`,
      endpoint
    ])
  )
) as unknown as { readonly [Name in EndpointName]: EndpointOf<Name> }

/** The names of all endpoints. */
export const endpointNames = Object.keys(endpoints) as ReadonlyArray<EndpointName>

/** The domain of an endpoint. */
export const domainOf = (name: EndpointName): string => (name.includes(".") ? name.slice(0, name.indexOf(".")) : "auth")

/** The names of all domains. */
export const domainNames = Object.keys(LinxioApi.groups) as ReadonlyArray<keyof Groups>

/** The endpoints that need no token. A client must not send them one. */
export const withoutBearer: ReadonlySet<EndpointName> = new Set<EndpointName>(["login", "verifyOtp", "refresh"])
