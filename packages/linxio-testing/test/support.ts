/** What the tests share: a wire client that knows paths and headers, and nothing of the SDK. */
import * as Effect from "effect/Effect"
import { FakeLinxio } from "linxio-testing"
import { afterAll, beforeEach, onTestFinished } from "vitest"
import type { FakeLinxioOptions, ServedLinxio, Service } from "linxio-testing"

/** The part of an embedded Linxio that a wire client needs. */
export interface Wire {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
}

/** The same calls over a real socket. */
export const overSocket = (served: { readonly baseUrl: string }): Wire => ({
  baseUrl: served.baseUrl,
  fetch: globalThis.fetch
})

/** One request, with a JSON body if there is one. */
export const call = (
  { baseUrl, fetch }: Wire,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly token?: string; readonly signal?: AbortSignal } = {}
): Promise<Response> =>
  fetch(baseUrl + path, {
    method,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    headers: {
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` })
    }
  })

/** A JSON object, of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>

/** The JSON object in a response. */
export const object = async (response: Response | Promise<Response>): Promise<Json> => {
  const value: unknown = await (await response).json()
  if (typeof value !== "object" || value === null) throw new Error(`no object: ${JSON.stringify(value)}`)
  return { ...value }
}

/** A member that has to be a string. */
export const string = (value: unknown): string => {
  if (typeof value !== "string") throw new Error(`no string: ${JSON.stringify(value)}`)
  return value
}

export const credentials = { email: "fleet@example.test", password: "correct horse battery staple" }

/** Logs in and hands out the pair of tokens. */
export const signIn = async (wire: Wire, who: { readonly email: string; readonly password: string } = credentials) => {
  const reply = await object(call(wire, "POST", "/login", { body: who }))
  return { token: string(reply.token), refreshToken: string(reply.refreshToken) }
}

/** Presents a refresh token. */
export const refresh = (wire: Wire, refreshToken: string) =>
  call(wire, "POST", "/token/refresh", { body: { refreshToken } })

/** The claims of a JWT, unverified. */
export const claims = (token: string): Json => {
  const value: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())
  return typeof value === "object" && value !== null ? { ...value } : {}
}

/** Turns of the event loop until something is so. The test's own time limit ends a wait for what never comes. */
export const until = async (condition: () => boolean): Promise<void> => {
  let isOver = false
  onTestFinished(() => void (isOver = true))
  // A test that has run into its time limit must not go on using the processor.
  while (!isOver && !condition()) await new Promise((resolve) => setImmediate(resolve))
}

/** One Linxio on a port for all tests of a file; each of them finds it without faults and with an empty request log. */
export const servedForFile = async (): Promise<ServedLinxio> => {
  const fake = await FakeLinxio.serve()
  afterAll(() => fake.close())
  beforeEach(() => {
    fake.clearFaults()
    fake.clearRequestLog()
  })
  return fake
}

/** The last request that was received. */
export const last = (fake: Service) => {
  const request = fake.requests.at(-1)
  if (request === undefined) throw new Error("nothing was received")
  return request
}

/** A Linxio to test, and a wire client that leads to it. */
export interface Subject {
  readonly fake: Service
  readonly wire: Wire
}

/** Both ways in, for tests that hold for either; the port is freed when the test ends. */
export const ways: ReadonlyArray<readonly [way: string, start: (options?: FakeLinxioOptions) => Promise<Subject>]> = [
  [
    "in memory",
    async (options) => {
      const fake = await Effect.runPromise(FakeLinxio.make(options))
      return { fake, wire: fake }
    }
  ],
  [
    "on a port",
    async (options) => {
      const fake = await FakeLinxio.serve(options)
      onTestFinished(fake.close)
      return { fake, wire: overSocket(fake) }
    }
  ]
]
