/** The handlers of all domains. The compiler refuses the table if an endpoint of the contract has no handler. */
import type * as Effect from "effect/Effect"
import type { LinxioApi } from "linxio-effect/LinxioApi"
import type { Refusal } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import { authHandlers } from "./auth.ts"
import type { Call, HandlersOf } from "./call.ts"
import { vehicleHandlers } from "./vehicles.ts"

const handlers: { readonly [Domain in keyof (typeof LinxioApi)["groups"]]: HandlersOf<Domain> } = {
  auth: authHandlers,
  vehicles: vehicleHandlers
}

type Handler<Name extends EndpointName> = (call: Call<Name>) => Effect.Effect<Reply<Name>, Refusal>

/** Runs the handler of an endpoint. */
export const handle = <Name extends EndpointName>(
  name: Name,
  call: Call<Name>
): Effect.Effect<Reply<Name>, Refusal> => {
  const [domain, method] = name.includes(".") ? name.split(".") : ["auth", name]
  const ofDomain: unknown = Reflect.get(handlers, domain ?? "")
  // A cast: the compiler has checked the table above, of which the type is lost when it is read by name.
  return (Reflect.get(Object(ofDomain), method ?? "") as Handler<Name>)(call)
}
