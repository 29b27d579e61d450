/** The handlers of all domains. The compiler refuses the table if an endpoint of the contract has no handler. */
import type * as Effect from "effect/Effect"
import type { Refusal } from "../wire/answer.ts"
import type { Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"
import { authHandlers } from "./auth.ts"
import type { Call, HandlersOf } from "./call.ts"
import { vehicleHandlers } from "./vehicles.ts"

const handlers: HandlersOf<EndpointName> = { ...authHandlers, ...vehicleHandlers }

/** Runs the handler of an endpoint. */
export const handle = <Name extends EndpointName>(name: Name, call: Call<Name>): Effect.Effect<Reply<Name>, Refusal> =>
  handlers[name](call)
