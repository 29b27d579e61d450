/** The type of `linxio.auth`. */
import type { SessionHealth } from "linxio-effect/Auth"
import type { User } from "linxio-effect/api/auth"
import type { LoginPayload } from "../options/LoginPayload.ts"
import type { CallOptions, MeOptions } from "../options.ts"
import type { LoginData, OtpPayload } from "./login.ts"
import type { Result } from "./Result.ts"
import type { SessionData } from "./session.ts"

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
