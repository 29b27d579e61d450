/** `createClient`: the services of `linxio-effect` behind promises. No logic of its own. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { Auth, CallObserver, CurrentCallOptions, HttpClient, Linxio, LinxioConfig, Session } from "linxio-effect"
import { SessionStore } from "linxio-effect/stores/SessionStore"
import { layerRuntime } from "linxio-effect/transport/runtime"
import { credentialsFrom } from "./client/credentials.ts"
import { makeEvents } from "./client/events.ts"
import { debugLogger, logCalls, logTo, publicChange } from "./client/observe.ts"
import { environment } from "./client/environment.ts"
import { refuse } from "linxio-effect/config/checks"
import { ownOf, ownOptions } from "linxio-effect/config/ownOptions"
import { clientOptions, drainMsOf, readingPart, refusal } from "./options/read.ts"
import { inspectableAs } from "./client/inspectable.ts"
import { userAgent } from "./client/userAgent.ts"
import { fromPromises } from "linxio-effect/stores/promiseStore"
import { sessionDataOf } from "./types/sessionData.ts"
import type { ClientOptions, CloseOptions, RequestOptions } from "./options.ts"
import { makeAuth } from "./resources/auth.ts"
import { makeHttp } from "./resources/http.ts"
import { request } from "./resources/request.ts"
import { domainsOf, makeResources } from "./resources/resource.ts"
import { makeRunner } from "./run.ts"
import type { LinxioClient } from "./types.ts"

/**
 * Creates a client. Synchronous; sends nothing.
 *
 * @function
 * @throws LinxioConfigurationError when an option cannot be used; it names the option.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 *
 * const linxio = createClient({ token: process.env.LINXIO_TOKEN, refreshToken: process.env.LINXIO_REFRESH_TOKEN })
 * const count = await linxio.request("GET", "/vehicles/count")
 * ```
 */
export const createClient = (options?: ClientOptions | null): LinxioClient => {
  const own = clientOptions(options ?? {})
  const { fetch, logger = debugLogger(), store, ...settings } = own
  checkMethods("store", store, ["load", "swap", "subscribe"])
  checkMethods("logger", logger, ["debug", "info", "warn", "error"])

  const events = makeEvents()
  const runner = makeRunner(
    Linxio.layerNoTelemetry({
      ...settings,
      credentials: credentialsFrom(own.credentials),
      baseUrl: own.baseUrl ?? environment("LINXIO_BASE_URL"),
      headers: { ...userAgent(), ...own.headers }
    }).pipe(
      Layer.provide(layerRuntime({ fetch })),
      Layer.provide(store ? Layer.succeed(SessionStore, fromPromises(store)) : SessionStore.layerMemory()),
      Layer.provide(Layer.succeed(CallObserver, events.observer)),
      Layer.provideMerge(Layer.succeed(CurrentCallOptions, ownOf("options", { bodyAs: "text" } as const)))
    ),
    events
  )
  const session = Context.get(runner.context, Session)
  const auth = Context.get(runner.context, Auth)
  const http = Context.get(runner.context, HttpClient)
  if (logger) {
    session.observe(logTo(logger))
    events.observe(logCalls(logger))
  }

  let life: "open" | "closing" | "closed" = "open"
  const close = async (given?: CloseOptions): Promise<void> => {
    const drainMs = drainMsOf(given)
    if (life === "open") life = "closing"
    await runner.close(drainMs)
    life = "closed"
  }

  const currentSession = () => {
    const state = session.currentUnsafe()
    return state._tag === "Active" ? sessionDataOf(state.tokens) : null
  }

  const send = (method: string, path: string, given?: RequestOptions) => {
    const { effect, signal } = request(http, method, path, given, runner)
    return runner.run(effect, signal, "request")
  }
  const client = {
    auth: makeAuth(runner, () => runner.read(auth.health), currentSession),
    ...domainsOf(makeResources(runner, http, logger)),
    request: send,
    // A cast: the type parameter of `request` is the claim of its caller.
    http: makeHttp(send as LinxioClient["request"]),
    session: currentSession,
    setSession: (input) => {
      const tokens = input && typeof input === "object" ? readingPart("session", () => ownOf("session", input)) : input
      runner.runNow(auth.setSession(tokens))
    },
    onSessionChange: (observer, given) => {
      if (typeof observer !== "function") throw refusal("observer", "must be a function")
      const persist = given
        ? readingPart("options", () => ownOptions(given, { persist: true })).persist === true
        : false
      // `close` waits for a running refresh. An observer that stores the session must see its result.
      return session.observe((change) => life !== "closed" && observer(publicChange(change, persist)))
    },
    observe: (listener) => {
      if (typeof listener !== "function") throw refusal("listener", "must be a function")
      return events.observe(listener)
    },
    close,
    // Older browsers do not have this symbol; this is the name that polyfills use.
    [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: close
  } as LinxioClient
  const { href: baseUrl } = Context.get(runner.context, LinxioConfig).baseUrl
  return inspectableAs(client, () => ({
    baseUrl,
    ...(life !== "open" && { closed: true }),
    session: client.auth.health()
  }))
}

const checkMethods = (option: string, value: object | undefined, methods: ReadonlyArray<string>): void => {
  const missing = value === undefined ? [] : methods.filter((method) => !hasMethod(value, method))
  if (missing.length > 0) refuse(option, `must have the method ${missing.join(", ")}`)
}

/** `subscribe` may be left out. */
const hasMethod = (value: object, method: string): boolean => {
  try {
    const member: unknown = Reflect.get(Object(value), method)
    return typeof member === "function" || (method === "subscribe" && member === undefined)
  } catch {
    return false
  }
}
