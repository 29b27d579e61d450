/// <reference types="node" />
/**
 * A session in a folder, for jobs and workers on one machine: numbered files, of which the highest counts. The next number is a hard link
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
const isNumbered = /^([1-9]\d{0,14})\.json$/
const draftPrefix = "draft-"

/** A draft is written within milliseconds. One that is older than this is left over from a killed process. */
const abandonedAfterMs = 60_000

/** The maximum number of attempts to read, in case another process writes faster than this one reads. */
const mostRounds = 50

/** How many writes a file names: its own and those before it, by which a slow writer learns that it did win. */
const mostWrites = 32

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined)

/**
 * A store in a folder on a local disk.
 *
 * @throws TypeError when `directory` is no path of a folder.
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { fileStore } from "linxio-js/stores/file"
 *
 * const start = () => createClient({ store: fileStore({ directory: "/var/lib/fleet-job/linxio" }) })
 * ```
 */
export const fileStore = (options: FileStoreOptions): SessionStore => {
  const directory = checkedDirectory(options)
  const fileOf = (number: number): string => join(directory, `${number}.json`)

  /** The number of the file that counts; 0 if there is none. */
  const newest = async (): Promise<number> => {
    const names = await readdir(directory).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return []
      throw error
    })
    return Math.max(0, ...names.map((name) => Number(isNumbered.exec(name)?.[1] ?? 0)))
  }

  const read = async (): Promise<Content & { readonly number: number }> => {
    for (let round = 0; round < mostRounds; round++) {
      const number = await newest()
      if (number === 0) return { number, record: null, writes: [] }
      try {
        return { number, ...parse(await readFile(fileOf(number), "utf8"), fileOf(number)) }
      } catch (error) {
        // A file with a higher number was written, and this one removed.
        if (codeOf(error) !== "ENOENT") throw error
      }
    }
    throw new Error(`${directory} changes faster than it can be read`)
  }

  const writeDraft = async (draft: string, content: Content): Promise<void> => {
    const file = await open(draft, "wx", 0o600)
    try {
      await file.writeFile(JSON.stringify({ kind, ...content }))
      await file.sync()
    } finally {
      await file.close()
    }
  }

  const write = async (next: StoredRecord, expected: number): Promise<boolean> => {
    await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error
    })
    const { number, record, writes } = await read()
    if ((record?.version ?? 0) !== expected) return false
    const id = randomUUID()
    const draft = join(directory, `${draftPrefix}${id}`)
    // The next number, not the next version: two writers may skip to different versions, and still only one of them may win.
    const mine = number + 1
    try {
      await writeDraft(draft, { record: next, writes: [id, ...writes].slice(0, mostWrites) })
      await link(draft, fileOf(mine))
      // There may be a higher number already: written after this one, or before it, by processes that have removed the file of this number.
      if ((await newest()) > mine && !(await read()).writes.includes(id)) {
        await rm(fileOf(mine), { force: true })
        return false
      }
      await syncFolder(directory)
      await sweep(mine, draft)
      return true
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false
      throw unlinkable.has(String(codeOf(error))) ? noLinks(directory, error) : error
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** Removes what is older than the file that counts, and the drafts of processes that were killed. What cannot be removed does no harm. */
  const sweep = async (mine: number, draft: string): Promise<void> => {
    try {
      const writtenAt = (await stat(draft)).mtimeMs
      for (const name of await readdir(directory)) {
        const older = Number(isNumbered.exec(name)?.[1] ?? Infinity) < mine
        const isAbandoned = async () => writtenAt - (await stat(join(directory, name))).mtimeMs > abandonedAfterMs
        if (older || (name.startsWith(draftPrefix) && (await isAbandoned())))
          await rm(join(directory, name), { force: true })
      }
    } catch {
      // The next write tries again.
    }
  }

  return { load: async () => (await read()).record, swap: write }
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

/** Checked at once: a store that cannot work would be noticed with the first refresh only. */
const checkedDirectory = (options: FileStoreOptions): string => {
  const directory: unknown = Object(options).directory
  if (typeof directory !== "string" || directory.trim() === "")
    throw new TypeError('fileStore needs { directory }: the path of a folder, such as "/var/lib/fleet-job/linxio"')
  if (/^~($|[/\\])/.test(directory))
    throw new TypeError(
      "fileStore: directory begins with ~, which only a shell reads; give the whole path, with os.homedir()"
    )
  return directory
}

/** What a file holds. */
interface Content {
  readonly record: StoredRecord | null
  /** The names of the last writes, this one first. */
  readonly writes: ReadonlyArray<string>
}

const parse = (text: string, path: string): Content => {
  const refuse = (issue: string) =>
    new Error(`${path} ${issue}; it was left as it is: remove the file if it is of no use, and sign in again`)
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
  const writes: unknown = "writes" in content ? content.writes : undefined
  return { record: record as StoredRecord, writes: Array.isArray(writes) ? writes : [] }
}
