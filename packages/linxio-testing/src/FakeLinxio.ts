/**
 * The embedded Linxio: one state machine that answers as Linxio does, in memory or on a port, with faults on demand and a record of what it saw.
 *
 * In memory nothing is opened and nothing runs in the background; `serve` and `layerServer` load the port server when they are called.
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

/** What a test does to the embedded Linxio, and what it may ask of it. Everything but the transports is synchronous. */
export interface Service extends RequestLog {
  /** Where the API is served: a port's address, or `https://linxio.test/api` in memory, where every host leads here. */
  readonly baseUrl: string
  /**
   * Puts a fault in force.
   *
   * Throws a `FakeLinxioFaultError` for one that is malformed; data of unknown origin goes through `decodeFault` first.
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
  /** Turns every switch back and lets no fault wait any longer; what was expired, revoked or rotated stays so. */
  readonly clearFaults: () => void
  /** A `fetch` whose other end is this Linxio, without sockets. */
  readonly fetch: typeof globalThis.fetch
  /** Effect's transport, without sockets. */
  readonly httpClient: HttpClient.HttpClient
  /** The key that verifies the JWTs, as a JWK; nothing with `signing: "fake"`. */
  readonly publicKey: () => Promise<Readonly<Record<string, unknown>> | void>
  /** Every secret that the seed and the answers so far contain, for tests that search an output for leaks. */
  readonly secrets: () => ReadonlyArray<string>
}

/** A Linxio on a port, until it is closed. */
export interface ServedLinxio extends Service {
  /** Without `/api`. */
  readonly url: string
  /** Ends every connection, kept alive or stalled, and frees the port. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

// ---------------------------------------------------------------------------------------------------------------------
// Constructors
// ---------------------------------------------------------------------------------------------------------------------

/** Adds the evidence as it is, a live view: spreading it would freeze what it showed at that moment. */
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
  /** A Linxio in memory. */
  static readonly make = (options: FakeLinxioOptions = {}): Effect.Effect<Service, FakeLinxioOptionError> =>
    Effect.map(assemble(options, "fake"), ({ service }) => service)

  /**
   * A Linxio in memory, at once and for programs that know nothing of Effect: its `fetch` leads to it, and nothing has to be closed. Throws a
   * `FakeLinxioOptionError` for an option that cannot be used.
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
   * A Linxio in memory, and the transport that leads to it.
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
   * A Linxio on a port, for programs that know nothing of Effect. Rejects with a `FakeLinxioPortError` if the port is not to be had.
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

  /** A Linxio on a port for as long as the scope is open; `baseUrl` says where. */
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
      return yield* new FakeLinxioOptionError({ option: "port", issue: "needs to be a whole number from 0 to 65535" })
    }
    const { context, parts, service } = yield* assemble(options, "rs256")
    const { listen } = yield* Effect.promise(() => import("./server/server.ts"))
    const { close, url } = yield* listen(parts, service, context, { host, port })
    return withRequestLog(
      { ...service, url, baseUrl: `${url}/api`, close, [Symbol.asyncDispose]: close },
      parts.recorder.log
    )
  })
