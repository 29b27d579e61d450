#!/usr/bin/env node
/** The program behind `npx linxio-testing`. */
import * as Effect from "effect/Effect"
import { outcome, run } from "./run.ts"

const fiber = Effect.runFork(run(process.argv.slice(2)))
fiber.addObserver((exit) => {
  const { code, sentence } = outcome(exit)
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`)
  process.exitCode = code
})

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => fiber.interruptUnsafe())

// The reader of the output has ended, as in `linxio-testing serve | head`. So does the server.
process.stdout.on("error", () => fiber.interruptUnsafe())
