/** The conformance suite of session stores: what a store has to do so that several processes can share a session. */
import type { SessionStore } from "linxio-effect/stores/promiseStore"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"
import { runnerHere, type SuiteRunner } from "./conformance/runner.ts"
import { type Handle, handleOf, record, same, subscriber, within, writeUntil } from "./conformance/steps.ts"

export type { SuiteRunner } from "./conformance/runner.ts"

/** How the tests run. */
export interface TestSessionStoreOptions extends Partial<SuiteRunner> {
  /**
   * The time limit of each step, such as one `swap`, in milliseconds. A step that takes longer fails its test with an error that names it. The default
   * is less than the limit of a whole test in Vitest and Jest, which names no step.
   *
   * @default 4000
   */
  readonly stepMs?: number | undefined
}

/**
 * Declares the tests of a session store.
 *
 * Under `node:test`, Jest, Mocha and Bun, and in Vitest with `globals: true`, `describe` and `it` are found. Otherwise pass those of your runner.
 *
 * @param open Opens the store of a name: the same name is the same data, a new name is an empty store. Each call is a new handle, as another process
 * has one, if your store can have several.
 * @param options What runs the tests, and the time limit of their steps.
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
 * console.log(tests.length) // => 16
 * ```
 */
export const testSessionStore = (
  open: (name: string) => SessionStore | Promise<SessionStore>,
  { stepMs = 4_000, ...given }: TestSessionStoreOptions = {}
): void => {
  const { describe, it } = given.describe && given.it ? { describe: given.describe, it: given.it } : runnerHere()
  let names = 0
  const opened = async () => {
    const name = `conformance-${++names}`
    const again = async (): Promise<Handle> =>
      handleOf(await within(stepMs, `opening the store ${name}`, () => open(name)), stepMs)
    return { store: await again(), again }
  }

  describe("a session store", () => {
    it("that nobody has written to gives null", async () => {
      const { store } = await opened()
      same(await store.load(), null)
    })

    it("takes a first record where version 0 is expected, and gives it back as it was", async () => {
      const { store } = await opened()
      same(await store.swap(record(1), 0), true)
      same(await store.load(), record(1))
    })

    it("takes the next record where the stored version is expected, also if the next one is higher by more than one", async () => {
      const { store } = await opened()
      await store.swap(record(1), 0)
      same(await store.swap(record(2), 1), true)
      same(await store.swap(record(9), 2), true)
      same(await store.load(), record(9))
    })

    it("refuses a record where another version is stored, and keeps what it has", async () => {
      const { store } = await opened()
      await store.swap(record(1), 0)
      await store.swap(record(2), 1)
      for (const expected of [0, 1, 3]) same(await store.swap(record(4), expected), false)
      same(await store.load(), record(2))
    })

    it("refuses a later version where nothing is stored", async () => {
      const { store } = await opened()
      same(await store.swap(record(2), 1), false)
      same(await store.load(), null)
    })

    it("keeps whatever JSON can hold: no session, a lease, other scripts, marks that a query or a script could take for its own", async () => {
      const { store } = await opened()
      const records: ReadonlyArray<StoredRecord> = [
        { ...record(1), session: null, denied: { status: 400, ambiguous: true } },
        { ...record(2), lease: { holder: "a", forMs: 24_000, purpose: "refresh" } },
        { ...record(3), session: { token: "", refreshToken: `Größe 日本 "\\' ; -- $1 {} ? %s \u2028 \n` } },
        { ...record(4), session: {} }
      ]
      for (const next of records) {
        same(await store.swap(next, next.version - 1), true)
        same(await store.load(), next)
      }
    })

    it("keeps what a later version of the SDK may add, at every depth", async () => {
      const { store } = await opened()
      const later = { nested: [1, null, "two", { three: 3.5 }], empty: {}, no: false }
      const next: StoredRecord = Object.assign(record(1), {
        session: Object.assign({}, record(1).session, { later }),
        lease: Object.assign({ holder: "a", forMs: 1, purpose: "refresh" } as const, { later }),
        later
      })
      same(await store.swap(next, 0), true)
      same(await store.load(), next)
    })

    it("keeps a record of forty thousand characters", async () => {
      const { store } = await opened()
      const next = { ...record(1), session: { token: "t".repeat(32_000), refreshToken: "r".repeat(8_000) } }
      same(await store.swap(next, 0), true)
      same(await store.load(), next)
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
        const stored = await store.load()
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
        same(await store.load(), record(wins.indexOf(true) + 2))
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
        // Each attempt of a writer is lost to another's write or wins, so that none needs more than there are versions.
        for (let attempt = 0; attempt <= 40; attempt++) {
          const version = (await handle.load())?.version ?? 0
          if (version >= 40) return
          if ((await handle.swap(record(version + 1), version)) === true) wins.push(version + 1)
        }
        throw new Error("40 attempts of each writer did not raise the version to 40")
      }
      await Promise.all(Array.from({ length: 8 }, write))
      same(
        wins.sort((a, b) => a - b),
        Array.from({ length: (await store.load())?.version ?? 0 }, (_, index) => index + 1)
      )
    })

    it("shows every handle what was written last", async () => {
      const { again, store } = await opened()
      const other = await again()
      await store.swap(record(1), 0)
      same(await other.load(), record(1))
      await other.swap(record(2), 1)
      same(await store.load(), record(2))
    })

    it("keeps the stores of two names apart", async () => {
      const [first, second] = [await opened(), await opened()]
      await first.store.swap(record(1), 0)
      same(await second.store.load(), null)
      same(await second.store.swap(record(7), 0), true)
      same(await first.store.load(), record(1))
    })

    it("tells a subscriber that another handle has written, if it has subscribe", async () => {
      const { again, store } = await opened()
      if (store.subscribe === undefined) return
      const { changed, next } = subscriber()
      const stop = store.subscribe(changed)
      try {
        await writeUntil(await again(), next(), stepMs)
      } finally {
        stop()
      }
    })

    it("tells a subscriber nothing any more after it has unsubscribed, if it has subscribe", async () => {
      const { again, store } = await opened()
      if (store.subscribe === undefined) return
      const [gone, there, writer] = [subscriber(), subscriber(), await again()]
      store.subscribe(gone.changed)()
      const stop = store.subscribe(there.changed)
      try {
        // Twice: whatever the first write still sends has come when the second one is told.
        for (let round = 0; round < 2; round++) await writeUntil(writer, there.next(), stepMs)
        if (gone.seen.times > 0) throw new Error("subscribe(): called back after it was unsubscribed")
      } finally {
        stop()
      }
    })
  })
}
