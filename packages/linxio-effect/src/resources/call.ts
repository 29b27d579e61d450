/** The typed call: the request and the decoding of the response are derived from an operation of the contract. */
import * as Effect from "effect/Effect"
import { type AnswerOf, type ArgumentsOf, type Id, type NamesOf, namesOf, type Operation } from "../api/operation.ts"
import { CurrentCallOptions, withCallOptions } from "../CallOptions.ts"
import { decodeReply } from "../exchange/contract.ts"
import { HttpClient, type HttpClientService } from "../HttpClient.ts"
import { type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import { requestOf } from "./input.ts"

/** Sends an operation with the arguments of its method: the ids of its path, its payload, its parameters. */
export const send = <O extends Operation>(
  http: HttpClientService,
  operation: O,
  given: ReadonlyArray<unknown>
): Effect.Effect<AnswerOf<O>, LinxioFailure> =>
  Effect.flatMap(CurrentCallOptions, ({ idempotent = operation.idempotent, strict }) => {
    const request = requestOf(operation, given)
    if (request instanceof LinxioValidationError) return Effect.fail(request)
    // The parameters as sent: the caller's input is read only once.
    const asked = Object.fromEntries(request.urlParams.params)
    const { bearer, path: urlTemplate } = operation
    const answer = Effect.flatMapEager(http.execute(request), (response) =>
      decodeReply(operation.answer, response, { asked, strict })
    ) as Effect.Effect<AnswerOf<O>, LinxioFailure>
    return withCallOptions({ urlTemplate, idempotent, ...(bearer === false && { authenticate: bearer }) })(answer)
  })

/** The methods of a table of operations. */
export type Methods<Operations> = {
  readonly [Name in keyof Operations]: (
    ...given: ArgumentsOf<Operations[Name]>
  ) => Effect.Effect<AnswerOf<Operations[Name]>, LinxioFailure>
}

/** A method for each operation. */
export const methodsOf = <Operations extends Readonly<Record<string, Operation>>>(
  http: HttpClientService,
  operations: Operations
): Methods<Operations> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (...given: ReadonlyArray<unknown>) => send(http, operation, given)
    ])
  ) as unknown as Methods<Operations>

/** The input of an operation, by name. */
export type InputOf<O> =
  O extends Operation<unknown, infer Path, infer Payload, infer Query>
    ? ([NamesOf<Path>] extends [never] ? unknown : { readonly params: { readonly [Name in NamesOf<Path>]: Id } }) &
        ([Payload] extends [never] ? unknown : { readonly payload: Payload }) &
        ([Query] extends [never] ? unknown : { readonly query?: Query | undefined })
    : never

/**
 * Calls one operation of the contract.
 *
 * @example
 * ```ts
 * import { HttpClient, Linxio } from "linxio-effect"
 * import { vehicles } from "linxio-effect/api/vehicles"
 * import { call } from "linxio-effect/resources/call"
 *
 * const odometer = call(vehicles.getOdometer, { params: { vehicleId: 1 }, query: { occurredAt: new Date(0) } })
 * ```
 */
export const call = <O extends Operation>(
  operation: O,
  input: InputOf<O>
): Effect.Effect<AnswerOf<O>, LinxioFailure, HttpClient> => {
  const { params, payload, query }: { params?: Readonly<Record<string, unknown>>; payload?: unknown; query?: unknown } =
    Object(input)
  const ids = namesOf(operation.path).map((name) => params?.[name])
  const given = [...ids, ...(operation.payload ? [payload] : []), ...(operation.query ? [query] : [])]
  return HttpClient.use((http) => send(http, operation, given))
}
