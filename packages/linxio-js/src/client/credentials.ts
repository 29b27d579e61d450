/** The `credentials` of the options, as the engine takes them. */
import * as Effect from "effect/Effect"
import { refuse } from "linxio-effect/config/checks"
import type { ClientOptions } from "../options/ClientOptions.ts"

export const credentialsFrom = (given: ClientOptions["credentials"]) => {
  if (given === undefined) return undefined
  if (typeof given !== "function") refuse("credentials", "must be a function")
  // Async, so that what it throws at once is a rejection too.
  return Effect.promise(async () => given())
}
