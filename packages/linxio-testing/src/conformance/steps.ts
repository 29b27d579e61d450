/** What the tests of a store do with it: each step has a time limit, and a name that its failure says. */
import * as Effect from "effect/Effect"
import type { SessionStore } from "linxio-effect/stores/promiseStore"
import type { StoredRecord } from "linxio-effect/stores/StoredRecord"

/** A store whose steps end in time. */
export interface Handle {
  readonly load: () => Promise<StoredRecord | null>
  readonly swap: (next: StoredRecord, expected: number) => Promise<boolean>
  readonly subscribe: ((changed: () => void) => () => void) | undefined
}

/** Rejects with an error that names the step if it has not ended in time. */
export const within = <A>(limitMs: number, step: string, work: () => A | Promise<A>): Promise<A> =>
  Effect.runPromise(
    Effect.timeoutOrElse(
      Effect.promise(async () => work()),
      { duration: limitMs, orElse: () => Effect.die(new Error(`${step} did not end within ${limitMs} ms`)) }
    )
  )

export const handleOf = (store: SessionStore, limitMs: number): Handle => ({
  load: async () => (await within(limitMs, "load()", () => store.load())) ?? null,
  swap: (next, expected) =>
    within(limitMs, `swap(version ${next.version}, expected ${expected})`, () => store.swap(next, expected)),
  subscribe:
    typeof store.subscribe === "function" ? (changed) => store.subscribe?.(changed) ?? noSubscription() : undefined
})

const noSubscription = (): never => {
  throw new Error("subscribe() must return a function that ends the subscription")
}

/** How long to wait for a subscriber before writing again: a subscription may begin some time after `subscribe` has returned. */
const pauseMs = 200

/** Writes through one handle until the subscriber of another is told. */
export const writeUntil = async (writer: Handle, told: Promise<void>, limitMs: number): Promise<void> => {
  let isTold = false
  void told.then(() => (isTold = true))
  const step = "subscribe(): calling back after another handle has written"
  await within(limitMs, step, async () => {
    for (;;) {
      const version = (await writer.load())?.version ?? 0
      same(await writer.swap(record(version + 1), version), true)
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, pauseMs))])
      if (isTold) return
    }
  })
}

/** A subscriber, how often it was told, and a promise of the next time. */
export const subscriber = () => {
  let resolve = (): void => undefined
  const seen = { times: 0 }
  return {
    seen,
    changed: () => {
      seen.times++
      resolve()
    },
    next: () => new Promise<void>((done) => void (resolve = done))
  }
}

export const record = (version: number): StoredRecord => ({
  version,
  epoch: 1,
  session: { token: `token-${version}`, refreshToken: `refresh-${version}`, obtainedAt: 1_700_000_000_000 },
  lease: null
})

export const same = (actual: unknown, expected: unknown): void => {
  const [got, wanted] = [ordered(actual), ordered(expected)]
  if (got !== wanted) throw new Error(`expected ${shown(wanted)}, and got ${shown(got)}`)
}

/** The record of a test may be long; its end tells where it was cut. */
const shown = (text = "undefined"): string =>
  text.length <= 600 ? text : `${text.slice(0, 300)} … ${text.slice(-100)} (${text.length} characters)`

/** As JSON, whatever the order of its keys. */
const ordered = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
