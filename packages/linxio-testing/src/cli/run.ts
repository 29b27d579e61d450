/** Runs the command line. The exit code is 0 for help and for a stop by a signal, and 2 for an error. */
import * as Cause from "effect/Cause"
import type * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { readFileSync } from "node:fs"
import type { FakeLinxioOptionError, FakeLinxioPortError } from "../FakeLinxioError.ts"
import { command, flagNames } from "./command.ts"
import * as Services from "./services.ts"

type Failure = CliError.CliError | FakeLinxioOptionError | FakeLinxioPortError

/** How a run ended. With code 2 there is a sentence for stderr. */
export interface Outcome {
  readonly code: 0 | 2
  readonly sentence: string | undefined
}

const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : ""
}

/** The command line with these arguments. */
export const run = (args: ReadonlyArray<string>): Effect.Effect<void, Failure> =>
  Effect.suspend(() => Command.runWith(command, { version: version() })(args)).pipe(Effect.provide(Services.layer))

const explain = (error: Failure): string | undefined => {
  if (error._tag === "FakeLinxioOptionError") return `--${flagNames[error.option] ?? error.option}: ${error.issue}`
  return error._tag === "ShowHelp" ? error.errors[0]?.message : error.message
}

/** The exit code and the sentence for a run that ended in this way. */
export const outcome = (exit: Exit.Exit<void, Failure>): Outcome => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return { code: 0, sentence: undefined }
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  const sentence = (error === undefined ? Cause.pretty(exit.cause) : explain(error))?.replaceAll(/\s+/g, " ").trim()
  return { code: sentence === undefined ? 0 : 2, sentence }
}
