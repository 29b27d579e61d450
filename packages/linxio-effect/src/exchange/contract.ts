/** Encodes what goes out and decodes what comes in by the schemas of the contract. */
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as Schema from "effect/Schema"
import { answeredBy, undecodable } from "../errors/words.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import type { LinxioResponse } from "./LinxioResponse.ts"
import { parseJson } from "./refusal.ts"

type Plain = Schema.Constraint & { readonly DecodingServices: never; readonly EncodingServices: never }

export const jsonBody = <S extends Plain>(schema: S, value: S["Type"]): HttpBody.HttpBody =>
  HttpBody.jsonUnsafe(Schema.encodeUnknownSync(schema)(value))

/** A body that does not fit fails with where it does not; the message names no value (I-32). */
export const decodeReply = <S extends Plain>(
  schema: S,
  response: LinxioResponse
): Effect.Effect<S["Type"], LinxioFailure> => {
  const refuse = (issue: string) => undecodable(answeredBy(response), issue)
  return Effect.flatMap(response.text, (text) => {
    const json = parseJson(text)
    if (json === undefined) return Effect.fail(refuse(text === "" ? "the body is empty" : "the body is not JSON"))
    return Effect.mapError(Schema.decodeUnknownEffect(schema)(json), (error) => refuse(error.message))
  })
}
