/** Session stores for tests: one in memory that a test can put in the way, and ones that fail. */
import * as Effect from "effect/Effect"
import {
  LinxioStoreError,
  type SessionChange,
  type SessionService,
  type SessionStoreService,
  type TokenInput
} from "linxio-effect"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"

const plain = ({ refreshToken, token }: TokenInput) => ({
  ...(typeof token === "string" && { token }),
  ...(typeof refreshToken === "string" && { refreshToken })
})

/** A store in memory whose record a test can see and set, and whose operations it can replace. */
export const makeStore = (initial?: TokenInput) => {
  let record: StoredRecord | null = initial ? { version: 1, epoch: 1, session: plain(initial), lease: null } : null
  const counts = { loads: 0, swaps: 0 }
  const load = Effect.sync(() => (counts.loads++, record))
  const swap: SessionStoreService["swap"] = (next, expected) =>
    Effect.sync(() => {
      if ((record?.version ?? 0) !== expected) return false
      counts.swaps++
      record = next
      return true
    })
  const hooks = { load: load as SessionStoreService["load"], swap }
  const service: SessionStoreService = {
    load: Effect.suspend(() => hooks.load),
    swap: (next, expected) => hooks.swap(next, expected)
  }
  return {
    counts,
    service,
    /** What the service does; a test replaces it, and puts `plainly` back. */
    hooks,
    plainly: { load, swap },
    record: () => record,
    /** What another process writes. */
    write: (change: Partial<StoredRecord>) => {
      record = {
        epoch: record?.epoch ?? 1,
        session: null,
        lease: null,
        ...record,
        ...change,
        version: (record?.version ?? 0) + 1
      }
    },
    /** The store loses its data. */
    empty: () => void (record = null)
  }
}

export const failing = (operation: "load" | "save") =>
  Effect.fail(new LinxioStoreError({ operation, issue: "disk on fire" }))

/** The types of the changes that are announced from now on. */
export const changesOf = (session: SessionService): Array<SessionChange["type"]> => {
  const seen: Array<SessionChange["type"]> = []
  session.observe(({ type }) => seen.push(type))
  return seen
}
