/** Routing, decoding and encoding, all read off the contract's endpoint values. */
import * as Exit from "effect/Exit"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { searchParamsFromURL } from "effect/http/HttpServerRequest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import type { Answer, Refusal } from "./answer.ts"
import { empty, file, json, reject } from "./answer.ts"
import type { Endpoint, EndpointName, EndpointOf } from "./contract.ts"
import { endpointNames, endpoints } from "./contract.ts"

/** What an endpoint takes, decoded. */
export interface Input<Name extends EndpointName> {
  readonly payload: EndpointOf<Name>["~Payload"]["Type"]
  readonly query: EndpointOf<Name>["~Query"]["Type"]
  readonly params: EndpointOf<Name>["~Params"]["Type"]
}

/** What an endpoint answers, before encoding. */
export type Reply<Name extends EndpointName> = EndpointOf<Name>["~Success"]["Type"]

/** Where a request leads. */
export type Match =
  | { readonly _tag: "Found"; readonly name: EndpointName; readonly params: Readonly<Record<string, string>> }
  | { readonly _tag: "NotFound" }
  | { readonly _tag: "MethodNotAllowed"; readonly allow: string }

const segments = (path: string): ReadonlyArray<string> => path.split("/").slice(1)

/** A malformed escape stands for itself. */
const unescape = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const matchPath = (pattern: ReadonlyArray<string>, path: ReadonlyArray<string>): Record<string, string> | undefined => {
  if (pattern.length !== path.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const actual = path[index]
    // A part of a path is empty only where the contract's path ends in a slash.
    if (actual === undefined || (actual === "" && expected !== "")) return undefined
    if (expected.startsWith(":")) params[expected.slice(1)] = unescape(actual)
    else if (expected !== actual) return undefined
  }
  return params
}

/** Paths without a parameter go first, so that `/vehicles/count` is not a vehicle. */
const routes = endpointNames
  .map((name) => ({ name, method: endpoints[name].method, pattern: segments(endpoints[name].path) }))
  .sort(
    (a, b) =>
      Number(a.pattern.some((part) => part.startsWith(":"))) - Number(b.pattern.some((part) => part.startsWith(":")))
  )

const shapeOf = (pattern: ReadonlyArray<string>): string =>
  pattern.map((part) => (part.startsWith(":") ? ":" : part)).join("/")

/** Finds the endpoint for a request: the first pattern that fits decides, and its methods are all there are. */
export const match = (method: string, path: string): Match => {
  const parts = segments(path)
  const first = routes.find(({ pattern }) => matchPath(pattern, parts) !== undefined)
  if (first === undefined) return { _tag: "NotFound" }
  const here = routes.filter(({ pattern }) => shapeOf(pattern) === shapeOf(first.pattern))
  const route = here.find((candidate) => candidate.method === method)
  return route
    ? { _tag: "Found", name: route.name, params: matchPath(route.pattern, parts) ?? {} }
    : { _tag: "MethodNotAllowed", allow: here.map((candidate) => candidate.method).join(", ") }
}

/** None of the contract's schemas needs a service, which the type of an endpoint that is looked up by name has forgotten. */
const pure = (schema: Schema.Top) => schema as Schema.Codec<unknown, unknown>

const compile = (endpoint: Endpoint) => {
  const payload = [...endpoint.payload.values()].flatMap(({ schemas }) => schemas)[0]
  const decoder = (schema: Schema.Top | undefined) =>
    schema === undefined ? undefined : Schema.decodeUnknownResult(pure(schema), { errors: "all" })
  const bodies = [...endpoint.success].filter((schema) => !HttpApiSchema.isNoContent(schema.ast))
  return {
    payload: decoder(payload),
    query: decoder(endpoint.query && Schema.toCodecArrayFromSingle(endpoint.query)),
    params: decoder(endpoint.params),
    encoders: bodies.map((schema) => Schema.encodeUnknownExit(pure(schema)))
  }
}

const compiled = new Map(endpointNames.map((name) => [name, compile(endpoints[name])]))

const issues = SchemaIssue.makeFormatterStandardSchemaV1()

const validation = (error: Schema.SchemaError): Refusal => {
  const detail: Record<string, string> = {}
  for (const issue of issues(error.issue).issues) {
    const field = issue.path?.map((part) => String(typeof part === "object" ? part.key : part)).join(".")
    detail[field || "body"] = issue.message
  }
  return reject(400, detail)
}

const parse = (body: string): Result.Result<unknown, Refusal> => {
  if (body === "") return Result.succeed({})
  return Result.try({
    try: (): unknown => JSON.parse(body),
    catch: () => reject(400, "Malformed JSON in the request body.")
  })
}

/** Decodes what came with a request, or says which fields are wrong. */
export const decode = <Name extends EndpointName>(
  name: Name,
  request: { readonly body: string; readonly search: string; readonly params: Readonly<Record<string, string>> }
): Result.Result<Input<Name>, Refusal> => {
  const decoders = compiled.get(name)
  const part = (
    decoder: ((input: unknown) => Result.Result<unknown, Schema.SchemaError>) | undefined,
    read: () => Result.Result<unknown, Refusal>
  ) =>
    decoder === undefined
      ? Result.succeed(undefined)
      : Result.flatMap(read(), (value) => Result.mapError(decoder(value), validation))
  return Result.gen(function* () {
    const params = yield* part(decoders?.params, () => Result.succeed(request.params))
    const query = yield* part(decoders?.query, () =>
      Result.succeed(searchParamsFromURL(new URL(`http://linxio.test/${request.search}`)))
    )
    const payload = yield* part(decoders?.payload, () => parse(request.body))
    return { params, query, payload } as Input<Name>
  })
}

/** Encodes a reply by the contract; one that the contract does not know is a bug in this server, and a defect. */
export const encode = <Name extends EndpointName>(name: Name, reply: Reply<Name>): Answer => {
  if (reply === undefined) return empty(204)
  if (reply instanceof Uint8Array) return file("application/pdf", reply)
  for (const encoder of compiled.get(name)?.encoders ?? []) {
    const exit = encoder(reply)
    if (Exit.isSuccess(exit)) return json(200, exit.value)
  }
  throw new Error(`The contract knows no such reply of "${name}"`)
}
