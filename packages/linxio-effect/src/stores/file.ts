/// <reference types="node" />
/**
 * A session in a folder, for jobs and workers on one machine: one file for each version, of which the highest counts. A new version is a hard link
 * that only one process can make, so there is no lock, and nothing that a killed process could leave locked. Files have mode 0600, the folder
 * 0700. A file that is not ours is never overwritten.
 */
import { randomUUID } from "node:crypto"
import { link, mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { SessionStore } from "./promiseStore.ts"
import { problemOf, type StoredRecord } from "./StoredRecord.ts"

/** Where the session is. */
export interface FileStoreOptions {
  /** The folder; it is made where it does not exist, its parent must. It holds nothing else. */
  readonly directory: string
}

const kind = "linxio-session/2"
const isVersion = /^(\d{1,16})\.json$/
const draftPrefix = "draft-"

/** A draft is written within milliseconds. One that is older than this is left over from a killed process. */
const abandonedAfterMs = 60_000

/** The maximum number of attempts to read, in case another process writes faster than this one reads. */
const mostRounds = 50

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined)

/**
 * A store in a folder on a local disk.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { fileStore } from "linxio-js/stores/file"
 *
 * const start = () => createClient({ store: fileStore({ directory: "/var/lib/fleet-job/linxio" }) })
 * ```
 */
export const fileStore = ({ directory }: FileStoreOptions): SessionStore => {
  const fileOf = (version: number): string => join(directory, `${version}.json`)

  const versions = async (): Promise<ReadonlyArray<number>> => {
    const names = await readdir(directory).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return []
      throw error
    })
    return names.flatMap((name) => isVersion.exec(name)?.[1] ?? []).map(Number)
  }

  const newest = async (): Promise<number> => Math.max(0, ...(await versions()))

  const read = async (): Promise<StoredRecord | null> => {
    for (let round = 0; round < mostRounds; round++) {
      const version = await newest()
      if (version === 0) return null
      try {
        return parse(await readFile(fileOf(version), "utf8"), fileOf(version))
      } catch (error) {
        // A higher version was written, and this one removed.
        if (codeOf(error) !== "ENOENT") throw error
      }
    }
    throw new Error(`${directory} changes faster than it can be read`)
  }

  const writeDraft = async (record: StoredRecord): Promise<string> => {
    const draft = join(directory, `${draftPrefix}${randomUUID()}`)
    const file = await open(draft, "wx", 0o600)
    try {
      await file.writeFile(JSON.stringify({ kind, record }))
      await file.sync()
    } finally {
      await file.close()
    }
    return draft
  }

  /** Fails on a file that this store did not write; false if the file was replaced meanwhile. */
  const isOurs = async (version: number): Promise<boolean> => {
    try {
      parse(await readFile(fileOf(version), "utf8"), fileOf(version))
      return true
    } catch (error) {
      if (codeOf(error) === "ENOENT") return false
      throw error
    }
  }

  const write = async (next: StoredRecord, expected: number): Promise<boolean> => {
    await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error
    })
    if ((await newest()) !== expected) return false
    if (expected > 0 && !(await isOurs(expected))) return false
    const draft = await writeDraft(next)
    try {
      await link(draft, fileOf(next.version))
      // A faster process may have removed the file of this version already: then there is a higher one.
      if ((await newest()) > next.version) {
        await rm(fileOf(next.version), { force: true })
        return false
      }
      await syncFolder(directory)
      await sweep(next.version, draft)
      return true
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false
      throw unlinkable.has(String(codeOf(error))) ? noLinks(directory, error) : error
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** Removes what is older than the version in force, and the drafts of processes that were killed. What cannot be removed does no harm. */
  const sweep = async (version: number, draft: string): Promise<void> => {
    try {
      const writtenAt = (await stat(draft)).mtimeMs
      for (const name of await readdir(directory)) {
        const older = Number(isVersion.exec(name)?.[1] ?? Infinity) < version
        const isAbandoned = async () => writtenAt - (await stat(join(directory, name))).mtimeMs > abandonedAfterMs
        if (older || (name.startsWith(draftPrefix) && (await isAbandoned())))
          await rm(join(directory, name), { force: true })
      }
    } catch {
      // The next write tries again.
    }
  }

  return { load: read, swap: write }
}

/** Flushes the folder, so that the new file survives a power failure. Not every system supports it. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    const folder = await open(path, "r")
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch {
    // Windows cannot open a folder.
  }
}

const unlinkable = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"])

const noLinks = (directory: string, cause: unknown): Error =>
  new Error(
    `the file system of ${directory} makes no hard links, which keep two processes apart: choose a folder on a local disk`,
    { cause }
  )

const parse = (text: string, path: string): StoredRecord => {
  const refuse = (issue: string) => new Error(`${path} ${issue}; it was left as it is`)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw refuse("is not JSON")
  }
  if (content === null || typeof content !== "object" || !("kind" in content) || content.kind !== kind) {
    throw refuse("is no session file of this version of the SDK")
  }
  const record: unknown = "record" in content ? content.record : undefined
  const problem = problemOf(record)
  if (problem !== undefined) throw refuse(problem)
  return record as StoredRecord
}
