// The engines behind the stores, each a private instance: `start` gives what the processes need to open it, and `stop`.
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { startPostgres } from "./postgres.mjs"
import { ddl } from "./stores.mjs"
import { debian, folder, freePort, onPath, remove, serve } from "./tools.mjs"

const startRedis = async () => {
  const command = debian("redis-server", () => onPath("redis-server"))
  if (!command) return { missing: "there is no redis-server, and it could not be installed" }
  const port = await freePort()
  const { Redis } = await import("ioredis")
  const probe = async () => {
    const client = new Redis({ host: "127.0.0.1", port, lazyConnect: true, retryStrategy: null })
    client.on("error", () => {})
    await client.ping().finally(() => client.disconnect())
  }
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()]
  const start = () => serve(command, args, {}, probe)
  let server = await start()
  return {
    where: { kind: "redis", port },
    stop: () => server.stop("SIGKILL"),
    /** It is killed, and comes back without what it held. */
    loseAll: async () => {
      await server.stop("SIGKILL")
      await sleep(1_000)
      server = await start()
    }
  }
}

const startSqlite = async () => {
  const Database = await import("libsql").then(
    (module) => module.default,
    () => undefined
  )
  if (!Database) return { missing: "the package libsql has no binary for this platform" }
  const directory = folder()
  const file = join(directory, "session.db")
  const database = new Database(file)
  database.exec(`pragma journal_mode = wal; ${ddl}`)
  database.close()
  return { where: { kind: "sqlite", file }, stop: () => remove(directory) }
}

const startFile = async () => {
  const directory = folder()
  return { where: { kind: "file", directory }, stop: () => remove(directory) }
}

export const engines = { file: startFile, redis: startRedis, postgres: startPostgres, sqlite: startSqlite }
