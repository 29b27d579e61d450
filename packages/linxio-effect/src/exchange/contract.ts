/** Encodes requests and decodes responses by the shapes of the contract. */
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as Redacted from "effect/Redacted"
import type { Answer } from "../api/operation.ts"
import { Misfit, numberOf, objectOf, read } from "../api/shape.ts"
import { answeredBy, undecodable } from "../errors/words.ts"
import type { LinxioDecodeError, LinxioFailure } from "../LinxioError.ts"
import type { LinxioResponse } from "./LinxioResponse.ts"
import { readPage, type Reading } from "./page.ts"
import { parseJson } from "./refusal.ts"
import { streamedBodyOf } from "./StreamedResponse.ts"

/** The value as JSON, with secrets in clear text: here they go on the wire. Throws if JSON cannot represent the value. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, json: unknown) {
    // `this[key]` is the value before its `toJSON`, which hides a secret.
    const given = this[key]
    if (Redacted.isRedacted(given)) return Redacted.value(given)
    // JSON would write null, which has another meaning.
    if (typeof json === "number" && !Number.isFinite(json)) throw new Misfit(`${key} should be a finite number`)
    if (json === null && given instanceof Date) throw new Misfit(`${key} should be a time`)
    return json
  })

export const jsonBody = (value: unknown): HttpBody.HttpBody => HttpBody.text(jsonText(value), "application/json")

/** A body that does not match fails with the position of the mismatch; the message contains no value (I-32). */
export const decodeReply = <A>(
  answer: Answer<A>,
  response: LinxioResponse,
  reading: Reading = {}
): Effect.Effect<A, LinxioFailure> => {
  const { headers, status } = response
  const attempt = (value: () => unknown): Effect.Effect<A, LinxioFailure> => {
    try {
      return Effect.succeed(value() as A)
    } catch (error) {
      if (error instanceof Misfit) return Effect.fail(undecodable(answeredBy(response), error.issue))
      throw error
    }
  }
  return answer.as === "file"
    ? Effect.flatMap(fileResponse(response), ({ arrayBuffer }) =>
        Effect.flatMap(arrayBuffer, (bytes) => attempt(() => fileOf(bytes, headers["content-type"])))
      )
    : Effect.flatMapEager(response.text, (text) => attempt(() => valueOf(answer, text, status, reading)))
}

const valueOf = (answer: Answer<unknown>, text: string, status: number, reading: Reading): unknown => {
  if (answer.as === "done") return undefined
  const isNothing = status === 204 || text === "null"
  if (answer.as === "page" && isNothing) return readPage(answer, null, reading)
  if (answer.as === "perhaps" && isNothing) return null
  const json = parseJson(text)
  if (json === undefined) throw new Misfit(text === "" ? isEmpty : notJson(text))
  let found: unknown
  try {
    found = readJson(answer, json, reading)
    if (!hasInvalid(found)) return found
  } catch (error) {
    if (!longNumber.test(text)) throw error
  }
  // Read once more only where something does not fit: looking for long numbers takes longer than the rest.
  return longNumber.test(text) ? readJson(answer, parseJson(withLongIds(text)), reading) : found
}

const readJson = (answer: Answer<unknown>, json: unknown, reading: Reading): unknown => {
  switch (answer.as) {
    case "page":
      return readPage(answer, json, reading)
    case "one":
      return read(answer.of, json)
    case "perhaps":
      return Object.keys(objectOf(json) ?? { no: 1 }).length === 0 ? null : read(answer.of, json)
    default:
      return countOf(json)
  }
}

const hasInvalid = (found: unknown): boolean => Object(Object(found).meta).invalid !== undefined

const fileOf = (bytes: ArrayBuffer, type = ""): Blob => {
  if (bytes.byteLength === 0) throw new Misfit(isEmpty)
  return new Blob([bytes], { type })
}

const isEmpty = "the body is empty"

/** A message in place of a file: a page of HTML, or JSON. */
const message = /^(text\/html|application\/(problem\+)?json)\b/i

/** The response, if its head does not show that its body is no file; a streamed body that nobody will read is closed. */
export const fileResponse = (response: LinxioResponse): Effect.Effect<LinxioResponse, LinxioDecodeError> => {
  const { headers, status } = response
  const [type] = message.exec(headers["content-type"] ?? "") ?? []
  const isNothing = status === 204 || headers["content-length"] === "0"
  if (!isNothing && type === undefined) return Effect.succeed(response)
  streamedBodyOf(response)?.end()
  const issue = isNothing ? isEmpty : `the body should be a file, and is ${type}`
  return Effect.fail(undecodable(answeredBy(response), issue))
}

/** Whole numbers of 16 digits and more, between the signs that may be around a number in JSON. */
const longNumber = /[\s:,[]-?\d{16,}[\s,\]}]/

/** A string, which is left alone, or a number. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/** A whole number that JavaScript cannot hold becomes a text: an id of 64 bits would be rounded to the id of something else. */
const withLongIds = (text: string): string =>
  text.replace(stringOrNumber, (found) =>
    /^-?\d{16,}$/.test(found) && !Number.isSafeInteger(Number(found)) ? `"${found}"` : found
  )

/** A page of HTML with status 200 comes from a web application, a login page of a network, or a proxy. */
const notJson = (text: string): string =>
  text.trimStart().startsWith("<")
    ? "the body is HTML and not JSON: check that baseUrl is the address of the API, and that no proxy answers in its place"
    : "the body is not JSON"

/** A number, `{count}` or `{total}`; the API does not document which. */
const countOf = (json: unknown) => {
  const object = objectOf(json)
  const count = numberOf(object ? (object["count"] ?? object["total"]) : json)
  if (count === undefined) throw new Misfit("there is no count in the body")
  return { ...object, count }
}
