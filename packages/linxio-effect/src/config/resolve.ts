/** Options that may be given as values of `Config`, over those that the environment gives. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"

/** The same options, each of which may be a `Config` of its value. */
export type Configured<Options> = {
  readonly [Name in keyof Options]: Options[Name] | Config.Config<Options[Name]>
}

/**
 * Each option as it was given, or else as the environment has it. Undefined, given or read, means not given (F-24); what is given is not looked for
 * in the environment.
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
