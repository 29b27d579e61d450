/** The types of a client and of its authentication methods. */
import type { SessionHealth } from "linxio-effect/Auth"
import type { CallOptions, CloseOptions, MeOptions } from "../options.ts"
import type { ClientEvent } from "./events.ts"
import type { User } from "linxio-effect/api/auth"
import type { LoginPayload } from "../options/LoginPayload.ts"
import type { LoginData, OtpPayload } from "./login.ts"
import type { Result } from "./Result.ts"
import type { SessionChange, SessionData, SessionInput } from "./session.ts"
import type {
  CamerasResource,
  ClientsResource,
  DevicesResource,
  DigitalFormsResource,
  DriversResource,
  FuelResource,
  GeofencesResource,
  MetadataResource,
  ReportsResource,
  ResellersResource,
  RoutesResource,
  SensorsResource,
  UsersResource,
  VehiclesResource
} from "./resources.ts"
import type { HttpResource } from "./http.ts"
import type { SendRequest } from "./request.ts"

/**
 * Signing in and out. No method rejects: each resolves to `{ data, error }`.
 *
 * @example
 * ```ts
 * import { createClient, type AuthResource } from "linxio-js"
 *
 * const auth: AuthResource = createClient().auth
 * console.log(auth.health().state) // => anonymous
 * ```
 */
export interface AuthResource {
  /**
   * Signs in; later calls use the session. Never retried automatically. Fails with a `LinxioAuthenticationError` (`InvalidCredentials`,
   * `AccountBlocked`, `PhoneUnverified`, `SessionChanged`), or with any error of a call.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * const email = process.env.LINXIO_EMAIL ?? ""
   * const { data, error } = await linxio.auth.login({ email, password: process.env.LINXIO_PASSWORD ?? "" })
   * if (error) throw error
   * console.log(data.otpRequired) // => false
   * ```
   */
  readonly login: (payload: LoginPayload, options?: CallOptions) => Promise<Result<LoginData>>
  /**
   * Completes a sign-in for which `login` returned `otpRequired: true`. Never retried automatically. A refused code is a
   * `LinxioAuthenticationError` with the reason `InvalidCode`.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const complete = (linxio: LinxioClient, code: string) => linxio.auth.verifyOtp({ email: "desk@example.test", code })
   * ```
   */
  readonly verifyOtp: (payload: OtpPayload, options?: CallOptions) => Promise<Result<LoginData>>
  /**
   * Refreshes the tokens now, or joins a running refresh. Rarely needed, because calls refresh automatically. Fails with the reason `NotSignedIn`
   * without a session, and `SessionEnded` when Linxio refuses the refresh token.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { error } = await createClient().auth.refresh()
   * console.log(error?.message.includes("nobody is signed in")) // => true
   * ```
   */
  readonly refresh: {
    (options?: CallOptions): Promise<Result<SessionData>>
    /** Uses this refresh token. If the session has another one, a new session begins, as with `setSession`. */
    (refreshToken: string, options?: CallOptions): Promise<Result<SessionData>>
  }
  /**
   * Reads the signed-in user; `fields` names the fields to ask for.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const team = async (linxio: LinxioClient) => (await linxio.auth.me({ fields: ["id", "teamType"] })).data?.teamType
   * ```
   */
  readonly me: {
    (options?: MeOptions): Promise<Result<User>>
    /** @deprecated `me(["id"])` is another form of `me({ fields: ["id"] })`. */
    (fields: ReadonlyArray<string>, options?: CallOptions): Promise<Result<User>>
  }
  /**
   * Deletes the session at once, in the client and in the store, then sends the sign-out to Linxio. If that request fails, the session stays deleted.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient({ token: "a.b.c" })
   * const done = linxio.auth.logout()
   * console.log(linxio.session()) // => null
   * await done
   * ```
   */
  readonly logout: (options?: CallOptions) => Promise<Result<null>>
  /**
   * The state of the session. Synchronous; sends nothing and contains no secret.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { refreshable, state } = createClient().auth.health()
   * console.log(state, refreshable) // => anonymous false
   * ```
   */
  readonly health: () => SessionHealth
}

/**
 * A Linxio client: one session, shared by every call. `await using` closes it, in Node 24 or with a compiler.
 *
 * @example
 * ```ts
 * import { createClient, type LinxioClient } from "linxio-js"
 *
 * const countVehicles = (linxio: LinxioClient) => linxio.request<{ count: number }>("GET", "/vehicles/count")
 * await using linxio = createClient()
 * ```
 */
export interface LinxioClient extends AsyncDisposable {
  /**
   * Signing in and out.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const { auth } = createClient() // methods can be taken off the client
   * ```
   */
  readonly auth: AuthResource
  /**
   * Vehicles.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const plates = async (linxio: LinxioClient) => {
   *   const { data, error } = await linxio.vehicles.list({ fields: ["id", "regNo"], limit: 50 })
   *   return error ? [] : data.map((vehicle) => vehicle.regNo)
   * }
   * ```
   */
  readonly vehicles: VehiclesResource
  /** The routes that vehicles drove. */
  readonly routes: RoutesResource
  /** Devices: the trackers in vehicles. */
  readonly devices: DevicesResource
  /** Drivers, and which vehicle each drives. */
  readonly drivers: DriversResource
  /** Users of the signed-in account. */
  readonly users: UsersResource
  /** Client accounts and their users. */
  readonly clients: ClientsResource
  /** Resellers. */
  readonly resellers: ResellersResource
  /** Geofences, which the API calls areas, and their groups. */
  readonly geofences: GeofencesResource
  /** Sensors and their readings. */
  readonly sensors: SensorsResource
  /**
   * Fuel records, fuel cards and summaries.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const spent = async (linxio: LinxioClient) => (await linxio.fuel.records({ vehicleId: 1 })).data?.map(({ total }) => total)
   * ```
   */
  readonly fuel: FuelResource
  /**
   * Scheduled reports.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const stop = (linxio: LinxioClient) => linxio.reports.deleteScheduled(1)
   * ```
   */
  readonly reports: ReportsResource
  /**
   * Digital forms and their answers.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const pdf = async (linxio: LinxioClient) => (await linxio.digitalForms.answerPdf(1)).data?.arrayBuffer()
   * ```
   */
  readonly digitalForms: DigitalFormsResource
  /** Events of cameras. */
  readonly cameras: CamerasResource
  /**
   * Reference data and settings.
   *
   * @example
   * ```ts
   * import type { LinxioClient } from "linxio-js"
   *
   * const nameOf = async (linxio: LinxioClient, code: string) => (await linxio.metadata.countries()).data?.[code]
   * ```
   */
  readonly metadata: MetadataResource
  /**
   * Calls any path below the base URL with the session, retries and limits of the client. Resolves to the body; rejects with a `LinxioError`.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * await linxio.auth.login({ email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" })
   * console.log(await linxio.request<{ count: number }>("GET", "/vehicles/count")) // => { count: 3 }
   * ```
   */
  readonly request: SendRequest
  /** The verbs of `request` as methods: `get`, `post`, `patch`, `put`, `delete`. */
  readonly http: HttpResource
  /**
   * The current tokens, or null. After `close` it returns the last tokens, which are still valid.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * console.log(createClient({ token: "a.b.c" }).session()) // => { token: 'a.b.c' }
   * ```
   */
  readonly session: () => SessionData | null
  /**
   * Replaces the session; null deletes it. With the same tokens, only a new `expireAt` takes effect. With an access token alone, the client keeps its
   * refresh token if the claims of both name the same user.
   *
   * Throws a `LinxioValidationError` for invalid input, and for an access token alone that may belong to another user.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * linxio.setSession({ token: "a.b.c" })
   * linxio.setSession(null)
   * console.log(linxio.session()) // => null
   * ```
   */
  readonly setSession: (session: SessionInput | null) => void
  /**
   * Calls `observer` after each session change. Returns a function that unsubscribes. The observer may be async; its errors are ignored. No change is
   * emitted after `close` has resolved.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * const stop = linxio.onSessionChange(({ session, type }) => console.log(type, session), { persist: true })
   * linxio.setSession({ token: "a.b.c" })
   * await Promise.resolve() // observers are told after the fact
   * console.log("done")
   * stop()
   * ```
   */
  readonly onSessionChange: (
    observer: (change: SessionChange) => unknown,
    options?: { readonly persist?: boolean }
  ) => () => void
  /**
   * Calls `listener` with each event of a call or a refresh: start, attempt, retry, end. For metrics and traces; the guide on observability has
   * recipes. Returns a function that unsubscribes. The listener may be async; its errors are ignored. Without a listener nothing is collected.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * const stop = linxio.observe((event) => {
   *   if (event.type === "call") console.log(event.name, event.status ?? event.error?.name)
   * })
   * await linxio.auth.me()
   * console.log("done")
   * stop()
   * ```
   */
  readonly observe: (listener: (event: ClientEvent) => unknown) => () => void
  /**
   * Closes the client. New calls are refused at once. Running calls fail with `LinxioAbortError`; with `drain: true`, `close` waits for them and for
   * streamed bodies. A running refresh has 5 seconds to finish and to be saved. The session stays valid, and `session()` still returns it.
   *
   * @example
   * ```ts
   * import { createClient } from "linxio-js"
   *
   * const linxio = createClient()
   * await linxio.close()
   * console.log((await linxio.auth.me()).error?.name) // => LinxioAbortError
   * ```
   */
  readonly close: (options?: CloseOptions) => Promise<void>
}
