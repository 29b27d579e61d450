/** The steps of the file store, one by one: what is on the disk when, and what another process does in between. */
import type * as Fs from "node:fs/promises"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileStore } from "linxio-effect/stores/file"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

const seen = vi.hoisted(() => ({
  steps: [] as Array<string>,
  /** What happens once, before or after the next link. */
  before: undefined as (() => Promise<unknown>) | undefined,
  after: undefined as (() => Promise<unknown>) | undefined
}))

vi.mock(import("node:fs/promises"), async (original) => {
  const real = await original()
  const open: typeof Fs.open = async (path, ...given) => {
    const file = await real.open(path, ...given)
    const what = String(path).includes("draft-") ? "file" : "folder"
    const sync = file.sync.bind(file)
    file.sync = async () => {
      await sync()
      seen.steps.push(`sync ${what}`)
    }
    return file
  }
  const link: typeof Fs.link = async (...given) => {
    const { after, before } = seen
    seen.before = seen.after = undefined
    await before?.()
    await real.link(...given)
    seen.steps.push("link")
    await after?.()
  }
  return { ...real, open, link }
})

let directory = ""
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), "linxio-"))))
afterEach(async () => {
  seen.steps = []
  await rm(directory, { recursive: true, force: true })
})

const record = (version: number, epoch = 1) => ({ version, epoch, session: null, lease: null })

describe("fileStore", () => {
  it("writes the file through before it has its name, and the folder before it says so (S-5)", async () => {
    expect(await fileStore({ directory }).swap(record(1), 0)).toBe(true)
    expect(seen.steps).toEqual(["sync file", "link", "sync folder"])
  })

  it("says that it has lost where others wrote between its look and its link, and removed the number that it links (S-1)", async () => {
    const [slow, quick] = [fileStore({ directory }), fileStore({ directory })]
    await quick.swap(record(1), 0)
    seen.before = async () => {
      await quick.swap(record(2), 1)
      await quick.swap(record(3), 2)
    }
    expect(await slow.swap(record(2, 9), 1)).toBe(false)
    expect(await slow.load()).toEqual(record(3))
    expect(await readdir(directory)).toEqual(["3.json"])
  })

  it("says that it has won where others wrote on top of its record before it looked again (S-1)", async () => {
    const [slow, quick] = [fileStore({ directory }), fileStore({ directory })]
    await quick.swap(record(1), 0)
    seen.after = async () => {
      await quick.swap(record(3), 2)
      await quick.swap(record(4), 3)
    }
    expect(await slow.swap(record(2), 1)).toBe(true)
    expect(await slow.load()).toEqual(record(4))
  })
})
