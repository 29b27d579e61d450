/** The conformance suite of session stores: what a store has to do so that several processes can share a session. */
import type { SessionStore } from "linxio-effect/stores/promiseStore"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"

/** What runs the tests: `describe` and `it` of Vitest, of `node:test`, of Jest, or of anything like them. */
export interface SuiteRunner {
  /** Groups tests. */
  readonly describe: (name: string, tests: () => void) => unknown
  /** One test; it fails when the promise rejects. */
  readonly it: (name: string, test: () => Promise<void>) => unknown
}

/**
 * Declares the tests of a session store.
 *
 * @param open Opens the store of a name: the same name is the same data, a new name is an empty store.
 * @param runner What runs the tests.
 *
 * @example
 * ```ts
 * import { memoryStore } from "linxio-js/stores/memory"
 * import { testSessionStore } from "linxio-testing"
 *
 * const stores = new Map<string, ReturnType<typeof memoryStore>>()
 * const open = (name: string) => {
 *   const store = stores.get(name) ?? memoryStore()
 *   stores.set(name, store)
 *   return store
 * }
 * const tests: Array<() => Promise<void>> = []
 * testSessionStore(open, { describe: (_, declare) => declare(), it: (_, test) => void tests.push(test) })
 * for (const test of tests) await test()
 * console.log(tests.length) // => 12
 * ```
 */
export const testSessionStore = (
  open: (name: string) => SessionStore | Promise<SessionStore>,
  { describe, it }: SuiteRunner
): void => {
  let names = 0
  const opened = async () => {
    const name = `conformance-${++names}`
    return { name, store: await open(name), again: () => open(name) }
  }

  describe("a session store", () => {
    it("that nobody has written to gives null", async () => {
      const { store } = await opened()
      same(await load(store), null)
    })

    it("takes a first record where version 0 is expected, and gives it back as it was", async () => {
      const { store } = await opened()
      same(await store.swap(record(1), 0), true)
      same(await load(store), record(1))
    })

    it("takes the next record where the stored version is expected, also if the next one is higher by more than one", async () => {
      const { store } = await opened()
      await store.swap(record(1), 0)
      same(await store.swap(record(2), 1), true)
      same(await store.swap(record(9), 2), true)
      same(await load(store), record(9))
    })

    it("refuses a record where another version is stored, and keeps what it has", async () => {
      const { store } = await opened()
      await store.swap(record(1), 0)
      await store.swap(record(2), 1)
      for (const expected of [0, 1, 3]) same(await store.swap(record(4), expected), false)
      same(await load(store), record(2))
    })

    it("refuses a later version where nothing is stored", async () => {
      const { store } = await opened()
      same(await store.swap(record(2), 1), false)
      same(await load(store), null)
    })

    it("keeps whatever JSON can hold: no session, a lease, long tokens, other scripts, fields of a later version", async () => {
      const { store } = await opened()
      const long = "x".repeat(8_000)
      const records: ReadonlyArray<StoredRecord> = [
        { ...record(1), session: null, denied: { status: 400, ambiguous: true } },
        { ...record(2), lease: { holder: "a", forMs: 24_000, purpose: "refresh" } },
        { ...record(3), session: { token: long, refreshToken: `Größe "日本" \\ ' ; -- $1 {}` } },
        Object.assign(record(4), { later: { nested: [1, null, "two"] } })
      ]
      for (const next of records) {
        same(await store.swap(next, next.version - 1), true)
        same(await load(store), next)
      }
    })

    it("lets one of many writers win each round, through handles of their own", async () => {
      const { again, store } = await opened()
      const handles = await Promise.all(Array.from({ length: 8 }, async () => again()))
      await store.swap(record(1), 0)
      for (let version = 1; version <= 5; version++) {
        const wins = await Promise.all(
          handles.map(async (handle, index) => handle.swap({ ...record(version + 1), epoch: index + 1 }, version))
        )
        same(wins.filter((won) => won === true).length, 1)
        const stored = await load(store)
        same(stored?.epoch, wins.indexOf(true) + 1)
      }
    })

    it("lets one of many writers win also where each writes another version", async () => {
      for (let round = 0; round < 10; round++) {
        const { again, store } = await opened()
        const handles = await Promise.all(Array.from({ length: 8 }, async () => again()))
        await store.swap(record(1), 0)
        const wins = await Promise.all(handles.map(async (handle, index) => handle.swap(record(index + 2), 1)))
        same(wins.filter((won) => won === true).length, 1)
        same(await load(store), record(wins.indexOf(true) + 2))
      }
    })

    it("lets one of fifty writers win", async () => {
      const { again } = await opened()
      const handles = await Promise.all(Array.from({ length: 50 }, async () => again()))
      const wins = await Promise.all(handles.map(async (handle) => handle.swap(record(1), 0)))
      same(wins.filter((won) => won === true).length, 1)
    })

    it("tells whoever has written that it has, also while others go on writing", async () => {
      const { again, store } = await opened()
      const wins: Array<number> = []
      const write = async () => {
        const handle = await again()
        for (;;) {
          const version = (await load(handle))?.version ?? 0
          if (version >= 40) return
          if ((await handle.swap(record(version + 1), version)) === true) wins.push(version + 1)
        }
      }
      await Promise.all(Array.from({ length: 8 }, write))
      same(
        wins.sort((a, b) => a - b),
        Array.from({ length: (await load(store))?.version ?? 0 }, (_, index) => index + 1)
      )
    })

    it("shows every handle what was written last", async () => {
      const { again, store } = await opened()
      const other = await again()
      await store.swap(record(1), 0)
      same(await load(other), record(1))
      await other.swap(record(2), 1)
      same(await load(store), record(2))
    })

    it("keeps the stores of two names apart", async () => {
      const [first, second] = [await opened(), await opened()]
      await first.store.swap(record(1), 0)
      same(await load(second.store), null)
      same(await second.store.swap(record(7), 0), true)
      same(await load(first.store), record(1))
    })
  })
}

const record = (version: number): StoredRecord => ({
  version,
  epoch: 1,
  session: { token: `token-${version}`, refreshToken: `refresh-${version}`, obtainedAt: 1_700_000_000_000 },
  lease: null
})

const load = async (store: SessionStore): Promise<StoredRecord | null> => (await store.load()) ?? null

const same = (actual: unknown, expected: unknown): void => {
  if (ordered(actual) !== ordered(expected))
    throw new Error(`expected ${ordered(expected)}, and got ${ordered(actual)}`)
}

/** As JSON, whatever the order of its keys. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
