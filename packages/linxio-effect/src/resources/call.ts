/** The typed call: the request and the decoding of the response are derived from an operation of the contract. */
import * as Effect from "effect/Effect"
import { type AnswerOf, type ArgumentsOf, type Id, type NamesOf, namesOf, type Operation } from "../api/operation.ts"
import { type CallOptions, CurrentCallOptions, withCallOptions } from "../CallOptions.ts"
import { decodeReply } from "../exchange/contract.ts"
import type { LinxioResponse } from "../exchange/LinxioResponse.ts"
import { HttpClient, type HttpClientService } from "../HttpClient.ts"
import { type LinxioFailure, LinxioValidationError } from "../LinxioError.ts"
import { inputOf } from "./input.ts"

/** Sends an operation with the arguments of its method: the ids of its path, its payload, its parameters. */
export const send = <O extends Operation>(
  http: HttpClientService,
  operation: O,
  given: ReadonlyArray<unknown>
): Effect.Effect<AnswerOf<O>, LinxioFailure> =>
  Effect.flatMap(CurrentCallOptions, ({ strict }) => {
    const bodyAs = operation.answer.as === "file" ? { bodyAs: "bytes" as const } : undefined
    return exchange(http, operation, given, bodyAs, (response, asked) =>
      decodeReply(operation.answer, response, { asked, strict })
    ) as Effect.Effect<AnswerOf<O>, LinxioFailure>
  })

/** Sends an operation and gives the response to `use`, with the parameters as they were sent: the caller's input is read only once. */
export const exchange = <A>(
  http: HttpClientService,
  operation: Operation,
  given: ReadonlyArray<unknown>,
  options: Pick<CallOptions, "bodyAs"> | undefined,
  use: (response: LinxioResponse, asked: Readonly<Record<string, unknown>>) => Effect.Effect<A, LinxioFailure>
): Effect.Effect<A, LinxioFailure> =>
  Effect.flatMap(CurrentCallOptions, ({ idempotent = operation.idempotent }) => {
    const input = inputOf(operation, given)
    if (input instanceof LinxioValidationError) return Effect.fail(input)
    const { path: urlTemplate, request } = input
    const asked = Object.fromEntries(request.urlParams.params)
    const { bearer } = operation
    return withCallOptions({
      urlTemplate,
      idempotent,
      ...options,
      ...(bearer === false && { authenticate: bearer })
    })(Effect.flatMapEager(http.execute(request), (response) => use(response, asked)))
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
  const { field } = operation
  const body = field === undefined ? payload : Object(payload)[field]
  const given = [...ids, ...(operation.payload ? [body] : []), ...(operation.query ? [query] : [])]
  return HttpClient.use((http) => send(http, operation, given))
}
