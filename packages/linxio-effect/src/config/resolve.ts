/** Merges options, which may be `Config` values, with those of the environment. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"

/** The same options, each of which may be a `Config` of its value. */
export type Configured<Options> = {
  readonly [Name in keyof Options]: Options[Name] | Config.Config<Options[Name]>
}

/**
 * Each option as it was given, or else from the environment. Undefined, also as the value of a `Config`, means not given (F-24). The environment is not
 * read for an option that was given.
 */
export const resolve = <Options extends object>(
  given: Configured<Options>,
  environment: Readonly<Record<string, Config.Config<unknown>>>
): Effect.Effect<Options, Config.ConfigError> =>
  Effect.gen(function* () {
    const resolved: Record<string, unknown> = {}
    for (const [name, option] of Object.entries<unknown>(given)) {
      const value = Config.isConfig(option) ? yield* option : option
      if (value !== undefined) resolved[name] = value
    }
    for (const [name, variable] of Object.entries(environment)) {
      if (!Object.hasOwn(resolved, name)) resolved[name] = yield* variable
    }
    return resolved as Options
  })
