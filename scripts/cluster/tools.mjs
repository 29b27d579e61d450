// What the engines need: a folder, a port, a program of Debian's, a server that is stopped by its id.
import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

export const remove = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5 })

/** A temporary folder, which is removed at the latest when this process ends. */
export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "linxio-cluster-"))
  process.once("exit", () => remove(path))
  return path
}

export const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address()
  server.close()
  await once(server, "close")
  return port
}

export const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(":")
    .map((place) => join(place, name))
    .find((path) => existsSync(path))

/** What `find` finds, after Debian's package was installed if need be. */
export const debian = (name, find) => {
  const found = find()
  if (found || process.getuid?.() !== 0 || !onPath("apt-get")) return found
  // In run level 1 no package starts a service.
  const options = {
    stdio: "ignore",
    env: { ...process.env, RUNLEVEL: "1", DEBIAN_FRONTEND: "noninteractive" },
    timeout: 300_000
  }
  try {
    execFileSync("apt-get", ["update"], options)
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", name], options)
  } catch {
    // Said by whoever asked.
  }
  return find()
}

/** A server process: ready when `probe` resolves. `stop` kills it, by its own id. */
export const serve = async (command, args, options, probe) => {
  const child = spawn(command, args, { stdio: "ignore", ...options })
  const kill = () => child.kill("SIGKILL")
  process.once("exit", kill)
  const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve))
  const stop = async (signal) => {
    child.kill(signal)
    await ended
    process.off("exit", kill)
  }
  for (let round = 0; ; round++) {
    try {
      await probe()
      return { stop }
    } catch (error) {
      if (round === 100 || child.exitCode !== null) {
        await stop("SIGKILL")
        throw error
      }
      await sleep(100)
    }
  }
}
