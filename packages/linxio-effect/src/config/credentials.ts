/** Who signs in, and how a client asks for it. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { refuse } from "./checks.ts"
import { LinxioValidationError, type ValidationIssue } from "../LinxioError.ts"

/** The credentials of a sign-in. */
export interface Credentials {
  /** The address of the Linxio user. */
  readonly email: string
  /** The password. A plain string is wrapped in `Redacted` at once. */
  readonly password: Redacted.Redacted | string
  /** The tenant, needed only if the address exists in more than one. */
  readonly domain?: string | undefined
}

/**
 * Gives the credentials of an automatic sign-in. Asked each time that one is due; what it gives is kept nowhere.
 *
 * @example
 * ```ts
 * import * as Config from "effect/Config"
 * import { type CredentialsSource, Linxio } from "linxio-effect"
 *
 * const credentials: CredentialsSource = () =>
 *   Config.all({ email: Config.String("LINXIO_EMAIL"), password: Config.Redacted("LINXIO_PASSWORD") }).asEffect()
 * const layer = Linxio.layer({ credentials })
 * ```
 */
export type CredentialsSource = () => Credentials | Promise<Credentials> | Effect.Effect<Credentials, unknown>

export const sourceOf = (given: CredentialsSource | undefined): CredentialsSource | undefined =>
  given === undefined || typeof given === "function"
    ? given
    : refuse("credentials", "must be a function that gives { email, password }")

/** Each of these fields must be a text that is not blank. */
export const required = (
  fields: Readonly<Record<string, Redacted.Redacted | string>>
): Effect.Effect<void, LinxioValidationError> => {
  const issues = Object.entries(fields).flatMap(([field, given]): Array<ValidationIssue> => {
    const value: unknown = Redacted.isRedacted(given) ? Redacted.value(given) : given
    if (value === undefined || value === null) return [{ field, issue: "is required" }]
    if (typeof value !== "string") return [{ field, issue: "must be a string" }]
    return value.trim() === "" ? [{ field, issue: "must not be empty" }] : []
  })
  return issues.length === 0 ? Effect.void : Effect.fail(new LinxioValidationError(issues))
}

export const redacted = (secret: Redacted.Redacted | string): Redacted.Redacted =>
  typeof secret === "string" ? Redacted.make(secret) : secret
