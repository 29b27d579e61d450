/**
 * The services of the platform that `effect/cli` needs. A command line without prompts only needs a terminal to print on.
 * docs/decisions/0009-testing-cli.md says why no platform package is used.
 */
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Path from "effect/Path"
import * as ChildProcessSpawner from "effect/process/ChildProcessSpawner"
import * as Stdio from "effect/Stdio"
import * as Terminal from "effect/Terminal"

const unused = Effect.die(new Error("linxio-testing has no prompts and starts no programs"))

const terminal = Terminal.make({
  columns: Effect.sync(() => process.stdout.columns ?? 80),
  rows: Effect.sync(() => process.stdout.rows ?? 24),
  size: unused,
  readInput: unused,
  readLine: unused,
  display: (text) => Effect.sync(() => void process.stdout.write(text))
})

/** Prints help to stdout. An error is one sentence on stderr, which `main` prints. */
const presenter: CliOutput.Presenter = {
  present: (event) =>
    Effect.suspend(() => {
      if (event._tag === "InvalidInvocation") return Effect.void
      const colors = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined
      const formatter = CliOutput.defaultFormatter({ colors })
      return Console.log(
        event._tag === "Help"
          ? formatter.formatHelpDoc(event.helpDoc)
          : formatter.formatVersion(event.name, event.version)
      )
    })
}

/** The services of the command line. */
export const layer = Layer.mergeAll(
  FileSystem.layerNoop({}),
  Path.layer,
  Stdio.layerTest({}),
  Layer.succeed(Terminal.Terminal, terminal),
  Layer.succeed(
    ChildProcessSpawner.ChildProcessSpawner,
    ChildProcessSpawner.make(() => unused)
  ),
  CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] }),
  CliOutput.layerPresenter(presenter)
)
