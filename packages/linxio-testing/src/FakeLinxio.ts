/**
 * The embedded Linxio: a fake server that answers as Linxio does, in memory or on a port, with faults on demand and a log of all requests.
 *
 * In memory it opens no socket and runs nothing in the background. `serve` and `layerServer` load the server for a port when they are called.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type { RequestLog } from "./RequestLog.ts"
import { FakeLinxioOptionError } from "./FakeLinxioError.ts"
import type { FakeLinxioPortError } from "./FakeLinxioError.ts"
import type { Fault } from "./Fault.ts"
import { decodeFault } from "./Fault.ts"
import { RequestRecorder } from "./state/requestRecorder.ts"
import * as Memory from "./server/memory.ts"
import { resolve } from "./state/settings.ts"
import * as Signer from "./state/signer.ts"
import { FaultRegistry } from "./faults/registry.ts"
import { StateCell } from "./state/serverState.ts"
import type { FakeLinxioOptions, ServeOptions } from "./Options.ts"

// ---------------------------------------------------------------------------------------------------------------------
// Interface
// ---------------------------------------------------------------------------------------------------------------------

/** What a test can do with the embedded Linxio. All of it is synchronous, except `fetch`, `httpClient` and `publicKey`. */
export interface Service extends RequestLog {
  /** The base URL for a client. In memory it is `https://linxio.test/api`, but a request to any other host is answered, too. */
  readonly baseUrl: string
  /**
   * Makes something go wrong: at once, or for coming requests. `Fault` lists what there is.
   *
   * Throws a `FakeLinxioFaultError` for an invalid fault. Use `decodeFault` for data that may be invalid.
   *
   * @example
   * ```ts
   * import { FakeLinxio } from "linxio-testing"
   *
   * await using fake = await FakeLinxio.serve()
   * fake.inject({ fault: "expire-access-tokens" })
   * fake.inject({ fault: "reset", endpoint: "refresh", times: 2 })
   * ```
   */
  readonly inject: (fault: Fault) => void
  /** Ends all faults and removes the queued ones. What was expired, revoked or rotated stays so. */
  readonly clearFaults: () => void
  /** A `fetch` that sends every request to this server, without a socket. */
  readonly fetch: typeof globalThis.fetch
  /** An `HttpClient` of Effect that sends every request to this server, without a socket. */
  readonly httpClient: HttpClient.HttpClient
  /** The key that verifies the access tokens, as a JWK; `undefined` with `signing: "fake"`. */
  readonly publicKey: () => Promise<Readonly<Record<string, unknown>> | void>
  /** All passwords, codes and tokens so far, for tests that search an output for leaked secrets. */
  readonly secrets: () => ReadonlyArray<string>
}

/** An embedded Linxio on a port, until it is closed. */
export interface ServedLinxio extends Service {
  /** The URL of the server, without `/api`. */
  readonly url: string
  /** Closes all connections, also those with a request under way, and frees the port. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

// ---------------------------------------------------------------------------------------------------------------------
// Constructors
// ---------------------------------------------------------------------------------------------------------------------

/** Adds the getters of the request log. A spread would copy the values that they have at this moment. */
const withRequestLog = <A extends object>(own: A, log: RequestLog): A & RequestLog =>
  Object.defineProperties(own, Object.getOwnPropertyDescriptors(log)) as A & RequestLog

const assemble = (options: FakeLinxioOptions, signing: "fake" | "rs256") =>
  Effect.gen(function* () {
    const settings = yield* Effect.try({
      try: () => resolve(options),
      catch: (error) =>
        error instanceof FakeLinxioOptionError
          ? error
          : new FakeLinxioOptionError({ option: "options", issue: String(error) })
    })
    const context = yield* Effect.context<never>()
    const clock = yield* Clock.Clock
    const state = new StateCell(settings)
    const signer = (settings.signing ?? signing) === "rs256" ? Signer.rs256 : Signer.fake(settings.seed)
    const parts = { state, signer, recorder: new RequestRecorder(options.onRequest), faults: new FaultRegistry(state) }
    const service: Service = withRequestLog(
      {
        baseUrl: "https://linxio.test/api",
        inject: (fault: Fault) => {
          const checked = Result.getOrThrow(decodeFault(fault))
          parts.faults.inject(checked)
          parts.recorder.injected(checked, settings.clock?.() ?? clock.currentTimeMillisUnsafe())
        },
        clearFaults: () => parts.faults.clear(),
        fetch: Memory.fetch(parts, context),
        httpClient: Memory.httpClient(parts),
        publicKey: () => Effect.runPromiseWith(context)(signer.publicKey),
        secrets: () => state.secrets()
      },
      parts.recorder.log
    )
    return { service, parts, context }
  })

/** The embedded Linxio, as a service. */
export class FakeLinxio extends Context.Service<FakeLinxio, Service>()("linxio-testing/FakeLinxio") {
  /** An embedded Linxio in memory. */
  static readonly make = (options: FakeLinxioOptions = {}): Effect.Effect<Service, FakeLinxioOptionError> =>
    Effect.map(assemble(options, "fake"), ({ service }) => service)

  /**
   * An embedded Linxio in memory, for programs without Effect. Its `fetch` is the only way to reach it, and nothing has to be closed. Throws a
   * `FakeLinxioOptionError` for an invalid option.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   * import { defaultAccount, FakeLinxio } from "linxio-testing"
   *
   * const fake = FakeLinxio.inMemory()
   * const linxio = createClient({ fetch: fake.fetch })
   * await linxio.auth.login(defaultAccount)
   * console.log(await linxio.request("GET", "/vehicles/count")) // => { count: 3 }
   * ```
   */
  static readonly inMemory = (options: FakeLinxioOptions = {}): Service => Effect.runSync(FakeLinxio.make(options))

  /**
   * An embedded Linxio in memory, and the `HttpClient` that sends every request to it.
   *
   * @example
   * ```ts
   * import * as Effect from "effect/Effect"
   * import { FakeLinxio } from "linxio-testing"
   *
   * const test = Effect.gen(function* () {
   *   const fake = yield* FakeLinxio
   *   fake.inject({ fault: "expire-access-tokens" })
   * }).pipe(Effect.provide(FakeLinxio.layer()))
   * ```
   */
  static readonly layer = (
    options: FakeLinxioOptions = {}
  ): Layer.Layer<FakeLinxio | HttpClient.HttpClient, FakeLinxioOptionError> =>
    Layer.effectContext(
      Effect.map(FakeLinxio.make(options), (fake) =>
        Context.add(Context.make(FakeLinxio, fake), HttpClient.HttpClient, fake.httpClient)
      )
    )

  /**
   * An embedded Linxio on a port, for programs without Effect. Rejects with a `FakeLinxioOptionError` for an invalid option, and with a
   * `FakeLinxioPortError` if it cannot listen on the port.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   * import { FakeLinxio } from "linxio-testing"
   *
   * await using fake = await FakeLinxio.serve({ accessTokenLifetime: "5 seconds" })
   * const linxio = createClient({ baseUrl: fake.baseUrl })
   * ```
   */
  static readonly serve = (options: ServeOptions = {}): Promise<ServedLinxio> => Effect.runPromise(start(options))

  /** An embedded Linxio on a port, until the scope of the layer is closed. A client needs its `baseUrl`. */
  static readonly layerServer = (
    options: ServeOptions = {}
  ): Layer.Layer<FakeLinxio, FakeLinxioOptionError | FakeLinxioPortError> =>
    Layer.effect(
      FakeLinxio,
      Effect.acquireRelease(start(options), (served) => Effect.promise(served.close))
    )
}

const start = (options: ServeOptions): Effect.Effect<ServedLinxio, FakeLinxioOptionError | FakeLinxioPortError> =>
  Effect.gen(function* () {
    const { host = "127.0.0.1", port = 0 } = options
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return yield* new FakeLinxioOptionError({ option: "port", issue: "must be a whole number from 0 to 65535" })
    }
    const { context, parts, service } = yield* assemble(options, "rs256")
    const { listen } = yield* Effect.promise(() => import("./server/server.ts"))
    const { close, url } = yield* listen(parts, service, context, { host, port })
    return withRequestLog(
      { ...service, url, baseUrl: `${url}/api`, close, [Symbol.asyncDispose]: close },
      parts.recorder.log
    )
  })
