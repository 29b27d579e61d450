/** Who may call what. Which permissions Linxio has is not public; this is the little that was seen of them, and what an account forbids. */
import type { Account } from "../Options.ts"
import type { EndpointName } from "../wire/contract.ts"
import { domainOf } from "../wire/contract.ts"

/** Refused in the tenant of a client where they were tried. Whether Linxio decides by the kind of the team, or by what, is not public. */
const notForClients: ReadonlySet<EndpointName> = new Set<EndpointName>([
  "users.list",
  "clients.list",
  "resellers.list",
  "resellers.get"
])

/** Whether an account may call an endpoint. */
export const mayCall = ({ forbidden = [], teamType = "client" }: Account, name: EndpointName): boolean =>
  !(teamType === "client" && notForClients.has(name)) &&
  !forbidden.some((each) => each === name || each === domainOf(name))
