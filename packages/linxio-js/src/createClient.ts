/** `createClient`: the services of `linxio-effect` behind promises. No logic of its own. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { Auth, CurrentCallOptions, HttpClient, Linxio, LinxioConfig, Session } from "linxio-effect"
import { LinxioConfigurationError, LinxioValidationError } from "linxio-effect/LinxioError"
import { SessionStore } from "linxio-effect/stores/SessionStore"
import { layerRuntime } from "linxio-effect/transport/runtime"
import { debugLogger, logCalls, logTo, publicChange } from "./client/observe.ts"
import { environment } from "./options/environment.ts"
import { checkClientNames, unknownIn } from "./options/optionNames.ts"
import { printedAs } from "./client/printed.ts"
import { promiseStore } from "./options/promiseStore.ts"
import { sessionDataOf } from "./types/sessionData.ts"
import type { ClientOptions, RequestOptions } from "./options.ts"
import { makeAuth } from "./resources/auth.ts"
import { request } from "./resources/request.ts"
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
export const createClient = (options: ClientOptions = {}): LinxioClient => {
  if (options === null || typeof options !== "object") {
    throw new LinxioConfigurationError({ option: "options", issue: "must be an object" })
  }
  checkClientNames(options)
  const { fetch, logger = debugLogger(), store, ...settings } = options
  checkMethods("store", store, ["load", "save", "clear", ...(store?.lock === undefined ? [] : ["lock"])])
  checkMethods("logger", logger, ["debug", "info", "warn", "error"])

  const runner = makeRunner(
    Linxio.layerNoTelemetry({ ...settings, baseUrl: settings.baseUrl ?? environment("LINXIO_BASE_URL") }).pipe(
      Layer.provide(layerRuntime({ fetch })),
      Layer.provide(
        store ? Layer.succeed(SessionStore, promiseStore(store, settings.timeoutMs)) : SessionStore.layerMemory()
      ),
      Layer.provideMerge(Layer.succeed(CurrentCallOptions, { bodyAs: "text" }))
    ),
    logger && logCalls(logger)
  )
  const session = Context.get(runner.context, Session)
  const auth = Context.get(runner.context, Auth)
  const http = Context.get(runner.context, HttpClient)
  if (logger) session.observe(logTo(logger))

  let life: "open" | "closing" | "closed" = "open"
  const close = async (): Promise<void> => {
    if (life === "open") life = "closing"
    await runner.close()
    life = "closed"
  }

  const client = {
    auth: makeAuth(runner, () => runner.read(auth.health)),
    // The caller says what the body is; the contract of an arbitrary path is not ours to check.
    request: <T>(method: string, path: string, callOptions?: RequestOptions) =>
      runner.run(
        request(http, method, path, callOptions),
        callOptions?.signal,
        logger && (() => `${method} ${path}`)
      ) as Promise<T>,
    session: () => {
      const state = session.currentUnsafe()
      return state._tag === "Active" ? sessionDataOf(state.tokens) : null
    },
    setSession: (input) => runner.runNow(auth.setSession(input)),
    onSessionChange: (observer, options) => {
      if (typeof observer !== "function") {
        throw new LinxioValidationError([{ field: "observer", issue: "must be a function" }])
      }
      const unknown = options && unknownIn(options, { persist: true })
      if (unknown) throw unknown
      const persist = options?.persist ?? false
      // A refresh that closing waits for is told of; whoever stores the session must not miss it.
      return session.observe((change) => life !== "closed" && observer(publicChange(change, persist)))
    },
    close,
    // Older browsers have no such symbol yet; what they are given then is what a polyfill would look for.
    [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: close
  } as LinxioClient
  const { href: baseUrl } = Context.get(runner.context, LinxioConfig).baseUrl
  return printedAs(client, () => ({ baseUrl, ...(life !== "open" && { closed: true }), session: client.auth.health() }))
}

const checkMethods = (option: string, value: object | undefined, methods: ReadonlyArray<string>): void => {
  if (value === undefined) return
  const missing = methods.filter((method) => typeof Reflect.get(Object(value), method) !== "function")
  if (missing.length > 0)
    throw new LinxioConfigurationError({ option, issue: `must have the method ${missing.join(", ")}` })
}
