// A private Postgres: on a socket in a temporary folder, as the user that Debian made for it where this one is root.
import { execFileSync } from "node:child_process"
import { chownSync, existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { ddl } from "./stores.mjs"
import { debian, folder, remove, serve } from "./tools.mjs"

const postgresFolder = () => {
  const root = "/usr/lib/postgresql"
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, "bin")).find((path) => existsSync(join(path, "initdb")))
}

export const startPostgres = async () => {
  const bin = debian("postgresql", postgresFolder)
  if (!bin) return { missing: "there is no Postgres in /usr/lib/postgresql, and it could not be installed" }
  const directory = folder()
  const isRoot = process.getuid?.() === 0
  const idOf = (what) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8" }))
  // Postgres refuses to run as root.
  const owner = isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : {}
  if (isRoot) chownSync(directory, owner.uid, owner.gid)
  const data = join(directory, "data")
  const options = { ...owner, cwd: directory }
  try {
    const args = ["-D", data, "-A", "trust", "-U", "linxio", "--no-sync"]
    execFileSync(join(bin, "initdb"), args, { ...options, stdio: "ignore" })
    const probe = async () => {
      const psql = ["-h", directory, "-U", "linxio", "-d", "postgres", "-c", ddl]
      execFileSync(join(bin, "psql"), psql, { ...options, stdio: "ignore" })
    }
    // Only the socket in its own folder: no port is taken.
    const server = await serve(join(bin, "postgres"), ["-D", data, "-k", directory, "-h", ""], options, probe)
    return {
      where: { kind: "postgres", host: directory, user: "linxio" },
      stop: async () => {
        await server.stop("SIGINT")
        remove(directory)
      }
    }
  } catch (error) {
    remove(directory)
    throw error
  }
}
