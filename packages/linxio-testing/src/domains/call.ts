/** What a handler is given, and what it gives. */
import type * as Effect from "effect/Effect"
import type { RequestRecorder } from "../state/requestRecorder.ts"
import type { StateCell } from "../state/serverState.ts"
import type { Signer } from "../state/signer.ts"
import type { Refusal } from "../wire/answer.ts"
import type { Input, Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"

/** A request on its way through a handler. */
export interface Call<Name extends EndpointName> extends Input<Name> {
  /** The server's clock. */
  readonly now: number
  readonly state: StateCell
  readonly signer: Signer
  readonly recorder: RequestRecorder
  /** The account and session of the bearer; empty where the endpoint takes none. */
  readonly account: string | undefined
  readonly session: number | undefined
  /** Answer a refresh with the access token that the session already has. */
  readonly unchanged: boolean
}

/** A handler for each of these endpoints. */
export type HandlersOf<Names extends EndpointName> = {
  readonly [Name in Names]: (call: Call<Name>) => Effect.Effect<Reply<Name>, Refusal>
}
