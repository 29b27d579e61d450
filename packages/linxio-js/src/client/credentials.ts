/** The `credentials` of the options, as the engine takes them. */
import * as Effect from "effect/Effect"
import { refuse } from "linxio-effect/config/checks"
import type { ClientOptions } from "../options/ClientOptions.ts"

export const credentialsFrom = (given: ClientOptions["credentials"]) => {
  if (given === undefined) return undefined
  if (typeof given !== "function") refuse("credentials", "must be a function")
  // Async, so that an exception becomes a failure too.
  return Effect.tryPromise({ try: async () => given(), catch: (error) => error })
}
