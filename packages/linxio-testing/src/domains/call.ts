/** The input of a handler, and the type of all handlers of a domain. */
import type * as Effect from "effect/Effect"
import type { RequestRecorder } from "../state/requestRecorder.ts"
import type { StateCell } from "../state/serverState.ts"
import type { Signer } from "../state/signer.ts"
import type { Refusal } from "../wire/answer.ts"
import type { Input, Reply } from "../wire/codec.ts"
import type { EndpointName } from "../wire/contract.ts"

/** A request, as its handler receives it. */
export interface Call<Name extends EndpointName> extends Input<Name> {
  /** The time of the server, in epoch milliseconds. */
  readonly now: number
  readonly state: StateCell
  readonly signer: Signer
  readonly recorder: RequestRecorder
  /** The account and the session of the token; `undefined` if the endpoint needs no token. */
  readonly account: string | undefined
  readonly session: number | undefined
  /** Whether a refresh returns the access token that the session already has. */
  readonly unchanged: boolean
}

/** A handler for each endpoint of a domain. */
export type HandlersOf<Domain extends string> = {
  readonly [
    Name in EndpointName as Name extends `${Domain}.${infer Method}`
      ? Method
      : Domain extends "auth"
        ? Exclude<Name, `${string}.${string}`>
        : never
  ]: (call: Call<Name>) => Effect.Effect<Reply<Name>, Refusal>
}
