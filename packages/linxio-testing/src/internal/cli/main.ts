#!/usr/bin/env node
/** The program behind `npx linxio-testing`. Exit codes: 0 for help and for a stop by signal, 2 for anything that it was asked and cannot do. */
import * as Cause from "effect/Cause"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { readFileSync } from "node:fs"
import { command } from "./command.ts"
import * as Services from "./services.ts"

const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : ""
}

const program = Command.runWith(command, { version: version() })(process.argv.slice(2)).pipe(
  Effect.provide(Services.layer)
)

/** The options that the command line calls by another name. */
const flagOf: Readonly<Record<string, string>> = {
  accessTokenLifetime: "token-ttl",
  refreshTokenLifetime: "refresh-ttl"
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim()

const failed = (sentence: string): void => {
  process.stderr.write(`${oneLine(sentence)}\n`)
  process.exitCode = 2
}

const fiber = Effect.runFork(program)
fiber.addObserver((exit) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  if (error === undefined) return failed(Cause.pretty(exit.cause))
  if (error._tag === "FakeLinxioOptionError") return failed(`--${flagOf[error.option] ?? error.option}: ${error.issue}`)
  if (error._tag !== "ShowHelp") return failed(error.message)
  const [first] = error.errors
  if (first !== undefined) failed(first.message)
})

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => fiber.interruptUnsafe())

// Whoever read the lines has left, as `head` does: there is nobody to serve any more.
process.stdout.on("error", () => fiber.interruptUnsafe())
