/**
 * Wires the corridor: `Auth → HttpClient → TokenRefresh → Session → SessionStore → Transport`, on the `HttpClient`
 * that the application provides. Nothing runs when a layer is built: no I/O, and no timer without `keepAlive`.
 */
import * as Clock from "effect/Clock"
import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as EffectHttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { Auth } from "./Auth.ts"
import { HttpClient } from "./HttpClient.ts"
import { Cameras } from "./resources/Cameras.ts"
import { Clients } from "./resources/Clients.ts"
import { Devices } from "./resources/Devices.ts"
import { DigitalForms } from "./resources/DigitalForms.ts"
import { Drivers } from "./resources/Drivers.ts"
import { Fuel } from "./resources/Fuel.ts"
import { Geofences } from "./resources/Geofences.ts"
import { Metadata } from "./resources/Metadata.ts"
import { Reports } from "./resources/Reports.ts"
import { Resellers } from "./resources/Resellers.ts"
import { Routes } from "./resources/Routes.ts"
import { Sensors } from "./resources/Sensors.ts"
import { Users } from "./resources/Users.ts"
import { Vehicles } from "./resources/Vehicles.ts"
import * as LinxioConfig from "./LinxioConfig.ts"
import { LinxioConfigurationError, LinxioValidationError } from "./LinxioError.ts"
import { Session } from "./Session.ts"
import { SharedSession } from "./refresh/SharedSession.ts"
import { SessionStore } from "./stores/SessionStore.ts"
import * as SessionTokens from "./session/SessionTokens.ts"
import * as Telemetry from "./Telemetry.ts"
import { TokenRefresh } from "./TokenRefresh.ts"
import { layerEffect } from "./transport/effect.ts"
import type { Transport } from "./transport/Transport.ts"

/** The services of the session and of the requests. */
export type Core = Auth | HttpClient | Session | TokenRefresh | LinxioConfig.LinxioConfig

/** The services of the domains. */
export type Resources =
  | Cameras
  | Clients
  | Devices
  | DigitalForms
  | Drivers
  | Fuel
  | Geofences
  | Metadata
  | Reports
  | Resellers
  | Routes
  | Sensors
  | Users
  | Vehicles

/** What a Linxio layer provides. */
export type Linxio = Core | Resources

/**
 * A client with its own session, kept in memory.
 *
 * A function, because each call makes another client: layers are shared by reference, sessions must not be.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as FetchHttpClient from "effect/http/FetchHttpClient"
 * import { HttpClient, Linxio } from "linxio-effect"
 *
 * const count = HttpClient.use((http) => Effect.flatMap(http.get("/vehicles/count"), (response) => response.json))
 * const runnable = count.pipe(Effect.provide(Linxio.layer()), Effect.provide(FetchHttpClient.layer))
 * ```
 */
export const layer = (
  options: LinxioConfig.LinxioOptions = {}
): Layer.Layer<Linxio, LinxioConfigurationError, EffectHttpClient.HttpClient> =>
  Layer.provide(layerNoStore(options), SessionStore.layerMemory())

/** The same, with the session in a store that the application provides. */
export const layerNoStore = (
  options: LinxioConfig.LinxioOptions = {}
): Layer.Layer<Linxio, LinxioConfigurationError, EffectHttpClient.HttpClient | SessionStore> =>
  Layer.provide(layerNoDeps(options), layerEffect())

/** The same, with the store and the transport that the application provides. */
export const layerNoDeps = (
  options: LinxioConfig.LinxioOptions = {}
): Layer.Layer<Linxio, LinxioConfigurationError, SessionStore | Transport> =>
  Layer.provideMerge(layerResources(), Layer.provide(layerNoTelemetry(options), Telemetry.layer()))

/** The services of the domains, on an `HttpClient`. */
const layerResources = (): Layer.Layer<Resources, never, HttpClient> =>
  Layer.mergeAll(
    Cameras.layer(),
    Clients.layer(),
    Devices.layer(),
    DigitalForms.layer(),
    Drivers.layer(),
    Fuel.layer(),
    Geofences.layer(),
    Metadata.layer(),
    Reports.layer(),
    Resellers.layer(),
    Routes.layer(),
    Sensors.layer(),
    Users.layer(),
    Vehicles.layer()
  )

/**
 * The same without spans, metrics and the services of the domains. Calls are reported to the `CallObserver` that the application provides, if any.
 * The Promise facade uses it.
 */
export const layerNoTelemetry = (
  options: LinxioConfig.LinxioOptions = {}
): Layer.Layer<Core, LinxioConfigurationError, SessionStore | Transport> =>
  Auth.layer().pipe(
    Layer.provideMerge(HttpClient.layer()),
    Layer.provideMerge(TokenRefresh.layer()),
    Layer.provideMerge(SharedSession.layer()),
    Layer.provideMerge(layerSession()),
    Layer.provideMerge(LinxioConfig.LinxioConfig.layer(options))
  )

/**
 * A client configured from the environment (`LINXIO_BASE_URL`, `LINXIO_TOKEN`, `LINXIO_REFRESH_TOKEN` …; see
 * `LinxioConfig.fromEnvironment`). Each option, a value or a `Config`, wins over the environment; undefined means not given.
 *
 * @example
 * ```ts
 * import * as Config from "effect/Config"
 * import { Linxio } from "linxio-effect"
 *
 * const linxio = Linxio.layerConfig({ baseUrl: Config.String("FLEET_API"), timeoutMs: 10_000 })
 * ```
 */
export const layerConfig = (
  options: LinxioConfig.ConfiguredOptions = {}
): Layer.Layer<Linxio, LinxioConfigurationError | Config.ConfigError, EffectHttpClient.HttpClient> =>
  Layer.unwrap(Effect.map(LinxioConfig.withEnvironment(options), layer))

/** The session of a client, started with the tokens in its options, if any. */
const layerSession = (): Layer.Layer<Session, LinxioConfigurationError, LinxioConfig.LinxioConfig> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { tokens } = yield* LinxioConfig.LinxioConfig
      if (tokens === undefined) return
      const session = yield* Session
      const now = yield* Clock.currentTimeMillis
      const made = SessionTokens.make(tokens, { now, fresh: false })
      if (made instanceof LinxioValidationError) return yield* Effect.fail(invalidTokens(made))
      session.signIn(session.nextSequence(), made, "restored", now)
    })
  ).pipe(Layer.provideMerge(Session.layer()))

/** Unreachable in practice: `LinxioConfig.make` has checked the tokens already. */
const invalidTokens = ({ issues }: LinxioValidationError): LinxioConfigurationError =>
  new LinxioConfigurationError({ option: issues[0]?.field ?? "token", issue: issues[0]?.issue ?? "is not usable" })
