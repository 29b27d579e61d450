// Runs a command beside some busy loops, to show that it passes on a slow machine: node scripts/busy.mjs 6 npm test
import { spawn } from "node:child_process"

const [count, command, ...args] = process.argv.slice(2)
if (!Number.isInteger(Number(count)) || command === undefined) {
  console.error("usage: node scripts/busy.mjs <loops> <command> [arguments]")
  process.exit(2)
}

const loops = Array.from({ length: Number(count) }, () =>
  spawn(process.execPath, ["-e", "for (;;) {}"], { stdio: "ignore" })
)
process.on("exit", () => loops.forEach((loop) => loop.kill("SIGKILL")))
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1))

const started = performance.now()
spawn(command, args, { stdio: "inherit" }).on("exit", (code) => {
  console.log(
    `exit code ${code} after ${Math.round((performance.now() - started) / 1000)} s beside ${count} busy loops`
  )
  process.exit(code ?? 1)
})
