/// <reference types="node" />
/**
 * A session in a file, for jobs that run again and again on one machine: mode 0600, replaced in one step, and
 * safe between processes. A file that is not ours is never overwritten.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Semaphore from "effect/Semaphore"
import { randomUUID } from "node:crypto"
import { open, readFile, rename, rm, stat } from "node:fs/promises"
import { hostname } from "node:os"
import { dirname } from "node:path"
import { LinxioStoreError, LinxioValidationError } from "../LinxioError.ts"
import { SessionStore, type SessionStoreService } from "./SessionStore.ts"
import { sameSecret, type SessionTokens } from "../session/SessionTokens.ts"
import * as StoredSession from "./StoredSession.ts"

/** Where the file is. */
export interface FileSessionStoreOptions {
  /** The file; its folder must exist. Beside it, `<path>.lock` exists while a process changes the session. */
  readonly path: string
}

const kind = "linxio-session/1"

/** A lock whose holder cannot be asked (another machine) is taken for abandoned after this time. */
const abandonedAfterMs = 60_000

type Operation = LinxioStoreError["operation"]

const io = <A>(operation: Operation, run: () => Promise<A>): Effect.Effect<A, LinxioStoreError> =>
  Effect.tryPromise({
    try: run,
    catch: (cause) =>
      cause instanceof LinxioStoreError
        ? cause
        : new LinxioStoreError({ operation, issue: cause instanceof Error ? cause.message : String(cause), cause })
  })

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT"
const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EEXIST"

/** Makes the store without a layer. */
export const make = ({ path }: FileSessionStoreOptions): SessionStoreService => {
  const lockPath = `${path}.lock`
  const oneAtATime = Semaphore.makeUnsafe(1)
  let holdsLock = false

  const read = async (operation: Operation): Promise<SessionTokens | undefined> => {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
    return text === undefined ? undefined : parse(text, path, operation)
  }

  /** Written beside the file and moved over it: a reader sees the old session or the new one, never half of one. */
  const write = async (tokens: SessionTokens): Promise<void> => {
    const draft = `${path}.${randomUUID()}`
    const file = await open(draft, "wx", 0o600)
    try {
      await file.writeFile(JSON.stringify({ kind, session: StoredSession.encode(tokens) }))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    // So that the move itself survives a power failure; not every system can do it.
    await syncFolder(dirname(path)).catch(() => undefined)
  }

  const takeLock = io("lock", async () => {
    try {
      const file = await open(lockPath, "wx", 0o600)
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }))
      await file.close()
      return true
    } catch (error) {
      if (!isTaken(error)) throw error
      if (await isAbandoned(lockPath)) await rm(lockPath, { force: true })
      return false
    }
  }).pipe(
    Effect.filterOrFail(
      (taken) => taken,
      () => new LinxioStoreError({ operation: "lock", issue: `${lockPath} is held by another process` })
    ),
    Effect.retry({ schedule: Schedule.spaced("50 millis").pipe(Schedule.upTo({ duration: "30 seconds" })) })
  )

  const locked = <A, E>(work: Effect.Effect<A, E>): Effect.Effect<A, E | LinxioStoreError> =>
    Effect.acquireUseRelease(
      Effect.tap(takeLock, () => Effect.sync(() => (holdsLock = true))),
      () => work,
      () => {
        holdsLock = false
        return Effect.ignore(io("lock", () => rm(lockPath, { force: true })))
      }
    )

  const swap = (
    operation: "save" | "clear",
    expectedPrevious: Redacted.Redacted | undefined,
    change: () => Promise<void>
  ): Effect.Effect<boolean, LinxioStoreError> => {
    const compareAndChange = io(operation, async () => {
      if (!sameSecret((await read(operation))?.refreshToken, expectedPrevious)) return false
      await change()
      return true
    })
    return oneAtATime.withPermits(1)(Effect.suspend(() => (holdsLock ? compareAndChange : locked(compareAndChange))))
  }

  return {
    load: io("load", () => read("load")),
    save: (next, expectedPrevious) => swap("save", expectedPrevious, () => write(next)),
    clear: (expectedPrevious) => swap("clear", expectedPrevious, () => rm(path, { force: true })),
    lock: locked
  }
}

/**
 * The store as a layer.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio } from "linxio-effect"
 * import * as FileSessionStore from "linxio-effect/stores/file"
 *
 * const job = Linxio.layerNoStore().pipe(Layer.provide(FileSessionStore.layer({ path: "/var/lib/job/linxio.json" })))
 * ```
 */
export const layer = (options: FileSessionStoreOptions): Layer.Layer<SessionStore> =>
  Layer.sync(SessionStore, () => make(options))

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const parse = (text: string, path: string, operation: Operation): SessionTokens => {
  const refuse = (issue: string) => new LinxioStoreError({ operation, issue: `${path} ${issue}; it was left as it is` })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw refuse("is not JSON")
  }
  if (content === null || typeof content !== "object" || !("kind" in content) || content.kind !== kind) {
    throw refuse("is no session file of this SDK")
  }
  const tokens = StoredSession.decode("session" in content ? content.session : undefined, Date.now())
  if (tokens instanceof LinxioValidationError) throw refuse(`holds no usable session (${tokens.message})`)
  return tokens
}

/** A lock is abandoned when its process is gone; of another machine's process only the age is known. */
const isAbandoned = async (lockPath: string): Promise<boolean> => {
  try {
    const age = Date.now() - (await stat(lockPath)).mtimeMs
    if (age > abandonedAfterMs) return true
    const { host, pid }: { host?: unknown; pid?: unknown } = JSON.parse(await readFile(lockPath, "utf8"))
    if (host !== hostname() || typeof pid !== "number") return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
}
