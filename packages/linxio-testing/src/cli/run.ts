/** Runs the command line, and says what became of it: exit code 0 for help and for a stop by signal, 2 for what cannot be done. */
import * as Cause from "effect/Cause"
import type * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { readFileSync } from "node:fs"
import type { FakeLinxioOptionError, FakeLinxioPortError } from "../FakeLinxioError.ts"
import { command } from "./command.ts"
import * as Services from "./services.ts"

type Failure = CliError.CliError | FakeLinxioOptionError | FakeLinxioPortError

/** How a run ended: a sentence for stderr comes with every code but 0. */
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

/** The options that the command line calls by another name. */
const flagOf: Readonly<Record<string, string>> = {
  accessTokenLifetime: "token-ttl",
  refreshTokenLifetime: "refresh-ttl"
}

const explain = (error: Failure): string | undefined => {
  if (error._tag === "FakeLinxioOptionError") return `--${flagOf[error.option] ?? error.option}: ${error.issue}`
  return error._tag === "ShowHelp" ? error.errors[0]?.message : error.message
}

/** What a run that ended this way tells the shell. */
export const outcome = (exit: Exit.Exit<void, Failure>): Outcome => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return { code: 0, sentence: undefined }
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  const sentence = (error === undefined ? Cause.pretty(exit.cause) : explain(error))?.replaceAll(/\s+/g, " ").trim()
  return { code: sentence === undefined ? 0 : 2, sentence }
}
