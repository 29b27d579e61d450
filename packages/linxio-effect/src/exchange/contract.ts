/** Encodes what goes out and decodes what comes in by the schemas of the contract. */
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Schema from "effect/Schema"
import { LinxioDecodeError } from "../LinxioError.ts"
import { parseJson } from "./refusal.ts"

type Plain = Schema.Constraint & { readonly DecodingServices: never; readonly EncodingServices: never }

/** The method and path that a request is known by in errors. */
export interface Named {
  readonly method: string
  readonly path: string
}

export const jsonBody = <S extends Plain>(schema: S, value: S["Type"]): HttpBody.HttpBody =>
  HttpBody.jsonUnsafe(Schema.encodeUnknownSync(schema)(value))

/** A body that does not fit fails with where it does not; the message names no value (I-32). */
export const decodeReply = <S extends Plain>(
  schema: S,
  { method, path }: Named,
  response: HttpClientResponse
): Effect.Effect<S["Type"], LinxioDecodeError> => {
  const refuse = (issue: string) => new LinxioDecodeError({ method, path, status: response.status, issue })
  return Effect.flatMap(
    Effect.mapError(response.text, () => refuse("the body cannot be read")),
    (text) => {
      const json = parseJson(text)
      if (json === undefined) return Effect.fail(refuse(text === "" ? "the body is empty" : "the body is not JSON"))
      return Effect.mapError(Schema.decodeUnknownEffect(schema)(json), (error) => refuse(error.message))
    }
  )
}
