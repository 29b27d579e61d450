/** The response body in the form that the caller requested. */
import * as Effect from "effect/Effect"
import type { LinxioFailure, LinxioResponse } from "linxio-effect"
import { answeredBy, undecodable } from "linxio-effect/errors/words"
import { streamedBodyOf } from "linxio-effect/HttpClient"
import { abortedBy } from "../client/onAbort.ts"
import type { RequestOptions } from "../options.ts"
import type { Runner } from "../run.ts"

type ResponseType = NonNullable<RequestOptions["responseType"]>

/** The engine's body type for each `responseType`. */
export const bodyAs: Readonly<Record<ResponseType, "bytes" | "text" | "stream">> = {
  json: "text",
  text: "text",
  arrayBuffer: "bytes",
  blob: "bytes",
  stream: "stream",
  raw: "stream"
}

export const bodyOf = (
  response: LinxioResponse,
  responseType: ResponseType,
  runner: Runner,
  signal?: AbortSignal
): Effect.Effect<unknown, LinxioFailure> => {
  const { headers, status } = response
  switch (responseType) {
    case "json":
      return Effect.flatMapEager(response.text, (text) => parsed(text, response))
    case "text":
      return response.text
    case "arrayBuffer":
      return response.arrayBuffer
    case "blob":
      return Effect.map(response.arrayBuffer, (bytes) => new Blob([bytes], { type: headers["content-type"] ?? "" }))
    case "stream":
      return streamOf(response, runner, signal)
    case "raw":
      return Effect.map(
        streamOf(response, runner, signal),
        (stream) => new Response(status === 204 || status === 205 ? null : stream, { status, headers: { ...headers } })
      )
  }
}

const parsed = (text: string, response: LinxioResponse): Effect.Effect<unknown, LinxioFailure> => {
  if (text === "") return Effect.succeed(null)
  try {
    return Effect.succeed(JSON.parse(text))
  } catch {
    const issue = 'the body is not JSON; ask for it with responseType: "text" if that is right'
    return Effect.fail(undecodable(answeredBy(response), issue))
  }
}

/** The call ends when its stream begins. The stream itself reports what ends it early. */
export const streamOf = (
  response: LinxioResponse,
  runner: Runner,
  signal: AbortSignal | undefined
): Effect.Effect<ReadableStream<Uint8Array<ArrayBuffer>>, LinxioFailure> => {
  const body = streamedBodyOf(response)
  // The caller's own `fetch` may return a response without a stream.
  if (body === undefined) return Effect.map(response.arrayBuffer, (bytes) => new Blob([bytes]).stream())
  if (signal) body.onEnd(runner.onAbort(signal, () => body.end(abortedBy(signal))))
  runner.lasts(body)
  return Effect.succeed(body.stream)
}
