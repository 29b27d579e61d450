/** Private servers of the engines behind stores: on a socket in a folder of their own, stopped by their process id. */
import { execFileSync, spawn } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const found = (name: string): string | undefined =>
  ["/usr/sbin", ...(process.env["PATH"] ?? "").split(":")]
    .map((place) => join(place, name))
    .find((path) => existsSync(path))

/** The path of the program, or undefined: its tests are skipped. */
export const redisServer = found("redis-server")
export const mariadbServer = found("mariadb-install-db") && found("mariadbd")

export interface Server {
  /** The socket. */
  readonly path: string
  readonly stop: () => Promise<void>
}

type Arguments = (directory: string, path: string) => ReadonlyArray<string>

const start = async (command: string, argumentsOf: Arguments, prepare?: (directory: string) => void) => {
  const directory = mkdtempSync(join(tmpdir(), "linxio-server-"))
  const path = join(directory, "socket")
  prepare?.(directory)
  const child = spawn(command, argumentsOf(directory, path), { stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  for (const output of [child.stdout, child.stderr]) output.on("data", (data) => void (said += String(data)))
  const kill = () => {
    child.kill("SIGKILL")
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  // A run that is given up after the first failure closes nothing.
  process.once("exit", kill)
  const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve))
  while (!existsSync(path)) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${said}`)
    await sleep(50)
  }
  const stop = async () => {
    child.kill("SIGKILL")
    await ended
    process.off("exit", kill)
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  return { path, stop }
}

export const startRedis = (command: string): Promise<Server> =>
  start(command, (directory, path) =>
    ["--port", "0", "--unixsocket", path, "--dir", directory, "--save", ""].concat("--appendonly", "no")
  )

export const startMariadb = (command: string): Promise<Server> =>
  start(
    command,
    (directory, path) => [
      "--no-defaults",
      `--datadir=${join(directory, "data")}`,
      `--socket=${path}`,
      `--pid-file=${join(directory, "pid")}`,
      "--skip-networking",
      // As MySQL 8 has it, and Debian's configuration of MariaDB.
      "--character-set-server=utf8mb4",
      "--skip-grant-tables",
      ...(process.getuid?.() === 0 ? ["--user=root"] : [])
    ],
    (directory) =>
      void execFileSync(
        String(found("mariadb-install-db")),
        [
          "--no-defaults",
          `--datadir=${join(directory, "data")}`,
          "--skip-test-db",
          "--auth-root-authentication-method=normal"
        ],
        { stdio: "ignore" }
      )
  )
