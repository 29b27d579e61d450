/** The credentials of a sign-in. */

/**
 * The credentials of a sign-in.
 *
 * @example
 * ```ts
 * import type { LoginPayload } from "linxio-js"
 *
 * const machine: LoginPayload = { email: process.env.LINXIO_EMAIL ?? "", password: process.env.LINXIO_PASSWORD ?? "" }
 * ```
 */
export interface LoginPayload {
  /** The address of the Linxio user. */
  readonly email: string
  /** The password. Read it from the environment or a secret store, never from source code. The SDK does not keep it. */
  readonly password: string
  /** The tenant, needed only if the address exists in more than one. */
  readonly domain?: string | undefined
}
