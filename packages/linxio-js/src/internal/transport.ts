/** The transport of a client: Effect's fetch client around the `fetch` that the client was given. */
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { LinxioConfigurationError } from "linxio-effect/LinxioError"

type Fetch = typeof globalThis.fetch

/** Looked up at each request, because tests and instrumentation replace it after a client was made. */
const runtimeFetch: Fetch = (input, init) => globalThis.fetch(input, init)

/** One transport for each `fetch`: clients on the same one share what they learn about a refresh token (I-1). */
const transports = new WeakMap<Fetch, HttpClient.HttpClient>()

export const transportOf = (given: Fetch | undefined): HttpClient.HttpClient => {
  if (given !== undefined && typeof given !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "must be a function such as globalThis.fetch" })
  }
  if (given === undefined && typeof globalThis.fetch !== "function") {
    throw new LinxioConfigurationError({ option: "fetch", issue: "is required: this runtime has no fetch of its own" })
  }
  const fetch = given ?? runtimeFetch
  const known = transports.get(fetch)
  if (known) return known
  const made = Effect.runSync(
    Effect.provide(
      HttpClient.HttpClient,
      Layer.provide(Layer.fresh(FetchHttpClient.layer), Layer.succeed(FetchHttpClient.Fetch, checked(fetch)))
    )
  )
  transports.set(fetch, made)
  return made
}

/** What comes back from a `fetch` of the user's own is checked before anything relies on it. */
const checked =
  (fetch: Fetch): Fetch =>
  async (input, init) => {
    const response: unknown = await fetch(input, init)
    if (isResponse(response)) return response
    throw new TypeError("The given fetch resolved to something that is no Response")
  }

const isResponse = (value: unknown): value is Response =>
  value !== null &&
  typeof value === "object" &&
  "status" in value &&
  "headers" in value &&
  "arrayBuffer" in value &&
  typeof value.arrayBuffer === "function"
