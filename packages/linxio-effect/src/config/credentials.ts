/** The credentials of a sign-in. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { refuse } from "./checks.ts"
import { LinxioValidationError, type ValidationIssue } from "../LinxioError.ts"

/**
 * The credentials of a sign-in. Here they come from a service of the application, for each automatic sign-in anew:
 *
 * @example
 * ```ts
 * import * as Context from "effect/Context"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import { type Credentials, Linxio } from "linxio-effect"
 *
 * class Vault extends Context.Service<Vault, { readonly robot: Effect.Effect<Credentials, Error> }>()("Vault") {}
 *
 * const layer = Layer.unwrap(Vault.useSync((vault) => Linxio.layer({ credentials: vault.robot })))
 * ```
 */
export interface Credentials {
  /** The address of the Linxio user. */
  readonly email: string
  /** The password. A plain string is wrapped in `Redacted` at once. */
  readonly password: Redacted.Redacted | string
  /** The tenant, needed only if the address exists in more than one. */
  readonly domain?: string | undefined
}

/** A function, because a printed effect may show the password. */
export const credentialsOf = (given: Effect.Effect<Credentials, unknown> | undefined) => {
  if (given === undefined) return undefined
  return Effect.isEffect(given) ? () => given : refuse("credentials", "must be an effect")
}

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
