/** The conformance suite is told from its absence by stores that are wrong: each kind of wrong has a test that fails. */
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { SessionStore, StoredRecord } from "linxio-js"
import { testSessionStore, type TestSessionStoreOptions } from "linxio-testing"
import { afterEach, describe, expect, it, vi } from "vitest"

afterEach(() => void vi.unstubAllGlobals())

type Open = (name: string) => SessionStore | Promise<SessionStore>

/** Rows that all handles of a name share. */
const rows = () => {
  const held = new Map<string, { record: StoredRecord | null; changed: Set<() => void> }>()
  return (name: string) => {
    const row = held.get(name) ?? { record: null, changed: new Set<() => void>() }
    held.set(name, row)
    return row
  }
}

interface Right {
  readonly load: () => Promise<StoredRecord | null>
  readonly swap: (next: StoredRecord, expected: number) => Promise<boolean>
  readonly subscribe: (changed: () => void) => () => void
}

/** A store that is right, with what a test replaces. */
const opening = (wrongly: (store: Right, row: ReturnType<ReturnType<typeof rows>>) => Partial<SessionStore>): Open => {
  const row = rows()
  return (name) => {
    const mine = row(name)
    const store: Right = {
      load: async () => mine.record,
      swap: async (next, expected) => {
        if ((mine.record?.version ?? 0) !== expected) return false
        mine.record = next
        for (const changed of Array.from(mine.changed)) changed()
        return true
      },
      subscribe: (changed) => {
        mine.changed.add(changed)
        return () => void mine.changed.delete(changed)
      }
    }
    return { ...store, ...wrongly(store, mine) }
  }
}

/** The tests that fail, by their names, with what they say. */
const failuresOf = async (open: Open, options: Pick<TestSessionStoreOptions, "stepMs"> = {}) => {
  const tests: Array<[string, () => Promise<void>]> = []
  testSessionStore(open, {
    ...options,
    describe: (_, declare) => declare(),
    it: (name, test) => void tests.push([name, test])
  })
  const failures = new Map<string, string>()
  for (const [name, test] of tests) await test().catch((error: unknown) => void failures.set(name, String(error)))
  return failures
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const never = () => new Promise<never>(() => undefined)

describe("testSessionStore", () => {
  it("passes a store that is right, with a subscription and without one", async () => {
    expect(await failuresOf(opening(() => ({})))).toEqual(new Map())
    expect(await failuresOf(opening(() => ({ subscribe: undefined as never })))).toEqual(new Map())
  })

  it.each<[string, string, Parameters<typeof opening>[0]]>([
    [
      "says that it wrote where it did not",
      "refuses a record where another version is stored, and keeps what it has",
      ({ swap }) => ({ swap: async (...given) => (await swap(...given), true) })
    ],
    [
      "says that it did not write where it did",
      "takes a first record where version 0 is expected, and gives it back as it was",
      ({ swap }) => ({ swap: async (...given) => (await swap(...given), false) })
    ],
    [
      "does not say whether it wrote",
      "takes a first record where version 0 is expected, and gives it back as it was",
      ({ swap }) => ({ swap: async (...given) => (await swap(...given), undefined as never) })
    ],
    [
      "writes whatever is stored",
      "refuses a record where another version is stored, and keeps what it has",
      (_, row) => ({ swap: async (next) => ((row.record = next), true) })
    ],
    [
      "writes although it says that it did not",
      "refuses a record where another version is stored, and keeps what it has",
      ({ swap }, row) => ({
        swap: async (next, expected) => (await swap(next, expected)) || ((row.record = next), false)
      })
    ],
    [
      "takes nothing for any version",
      "refuses a later version where nothing is stored",
      ({ swap }, row) => ({ swap: async (next, expected) => swap(next, row.record === null ? 0 : expected) })
    ],
    [
      "compares in one step and writes in another",
      "lets one of many writers win each round, through handles of their own",
      (_, row) => ({
        swap: async (next, expected) => {
          if ((row.record?.version ?? 0) !== expected) return false
          await turn()
          row.record = next
          return true
        }
      })
    ],
    [
      "compares by the next version",
      "lets one of many writers win also where each writes another version",
      (_, row) => ({
        swap: async (next, expected) => {
          if ((row.record?.version ?? 0) >= next.version || (row.record?.version ?? 0) < expected) return false
          row.record = next
          return true
        }
      })
    ],
    [
      "gives an older record",
      "shows every handle what was written last",
      ({ load, swap }, row) => {
        let older: StoredRecord | null = row.record
        return {
          load: async () => {
            const given = older
            older = await load()
            return given
          },
          swap
        }
      }
    ],
    [
      "forgets what a handle has not written itself",
      "shows every handle what was written last",
      () => {
        let own: StoredRecord | null = null
        return {
          load: async () => own,
          swap: async (next, expected) => (own?.version ?? 0) === expected && ((own = next), true)
        }
      }
    ],
    [
      "forgets everything",
      "takes a first record where version 0 is expected, and gives it back as it was",
      () => ({ load: async () => null })
    ],
    [
      "forgets a record without a session",
      "keeps whatever JSON can hold: no session, a lease, other scripts, marks that a query or a script could take for its own",
      (_, row) => ({ load: async () => (row.record?.session ? row.record : null) })
    ],
    [
      "keeps the fields that it knows",
      "keeps what a later version of the SDK may add, at every depth",
      ({ swap }) => ({
        swap: ({ denied, epoch, lease, session, version }, expected) =>
          swap({ version, epoch, session, lease, ...(denied && { denied }) }, expected)
      })
    ],
    [
      "cuts what is long",
      "keeps a record of forty thousand characters",
      ({ swap }) => ({
        swap: (next, expected) =>
          swap(
            next.session?.token
              ? { ...next, session: { ...next.session, token: next.session.token.slice(0, 4_000) } }
              : next,
            expected
          )
      })
    ],
    [
      "gives its text and not the record",
      "takes a first record where version 0 is expected, and gives it back as it was",
      (_, row) => ({ load: async () => (row.record && JSON.stringify(row.record)) as never })
    ],
    [
      "does not tell its subscribers",
      "tells a subscriber that another handle has written, if it has subscribe",
      () => ({ subscribe: () => () => undefined })
    ],
    [
      "goes on telling those who left",
      "tells a subscriber nothing any more after it has unsubscribed, if it has subscribe",
      ({ subscribe }) => ({ subscribe: (changed) => (subscribe(changed), () => undefined) })
    ],
    [
      "cannot be unsubscribed from",
      "tells a subscriber that another handle has written, if it has subscribe",
      ({ subscribe }) => ({ subscribe: (changed) => (subscribe(changed), undefined as never) })
    ]
  ])("fails a store that %s", async (_, test, wrongly) => {
    expect([...(await failuresOf(opening(wrongly), { stepMs: 500 })).keys()]).toContain(test)
  })

  it("fails a store of which all names are one", async () => {
    const one = opening(() => ({}))
    expect([...(await failuresOf(() => one("the same"))).keys()]).toContain("keeps the stores of two names apart")
  })

  it("names the step in which a store hangs", async () => {
    const first = "takes a first record where version 0 is expected, and gives it back as it was"
    const said = async (open: Open) => (await failuresOf(open, { stepMs: 20 })).get(first)
    expect(await said(opening(() => ({ load: never })))).toBe("Error: load() did not end within 20 ms")
    expect(await said(opening(() => ({ swap: never })))).toBe(
      "Error: swap(version 1, expected 0) did not end within 20 ms"
    )
    expect(await said(never)).toMatch(/^Error: opening the store conformance-\d+ did not end within 20 ms$/)
  })

  it("shows what it got without filling the screen", async () => {
    const failures = await failuresOf(opening(() => ({ load: async () => null })))
    for (const said of failures.values()) expect(said.length).toBeLessThan(1_500)
  })

  it("finds describe and it where they are global, as in Jest and in Vitest with globals", async () => {
    const names: Array<string> = []
    vi.stubGlobal("describe", (_: string, declare: () => void) => declare())
    vi.stubGlobal("it", (name: string) => void names.push(name))
    testSessionStore(opening(() => ({})))
    expect(names.length).toBeGreaterThan(12)
  })

  it("asks for them where a runner keeps them to itself, as Vitest does, in place of tests that it would not see", () => {
    expect(() => testSessionStore(opening(() => ({})))).toThrow(/pass \{ describe, it \} of your test runner/)
  })

  it("runs under node:test as it is, and fails there too", async () => {
    const program = (swap: string) => `
      import { testSessionStore } from "linxio-testing"
      const rows = new Map()
      testSessionStore((name) => ({ load: () => rows.get(name) ?? null, swap: ${swap} }))`
    const right = `(next, expected) => (rows.get(name)?.version ?? 0) === expected && (rows.set(name, next), true)`
    const { VITEST: _, NODE_TEST_CONTEXT: __, ...env } = process.env
    const run = (swap: string) =>
      new Promise<{ code: unknown; out: string }>((resolve) => {
        const args = ["--test-reporter", "tap", "--input-type=module", "--eval", program(swap)]
        const cwd = fileURLToPath(new URL("..", import.meta.url))
        execFile(process.execPath, args, { cwd, env }, (error, out) => resolve({ code: error?.code ?? 0, out }))
      })
    const [passed, failed] = await Promise.all([run(right), run("(next) => (rows.set(name, next), true)")])
    expect(passed.out).toMatch(/# pass 16\n# fail 0/)
    expect(passed.code).toBe(0)
    expect(failed.out).toContain("not ok")
    expect(failed.code).toBe(1)
  })
})
