/** Clients with credentials on one store, whose session no refresh brings back. */
import { beforeEach, vi } from "@effect/vitest"
import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import type { LinxioOptions } from "linxio-effect"
import { answer, makeFake } from "../support/harness.ts"
import { makeStore } from "../support/store.ts"
import { makeProcess, type ProcessOptions } from "./cluster.ts"

export const given = { email: "robot@example.test", password: "correct horse" }
export const credentials = Effect.succeed(given)
export const dead = { token: "dead-access", refreshToken: "dead-refresh" }
export const wrong = answer(401, { code: 401, message: "Invalid credentials." })

export const makeCluster = (
  count: number,
  options: LinxioOptions = {},
  initial: typeof dead | null = dead,
  process?: ProcessOptions
) =>
  Effect.gen(function* () {
    const fake = makeFake()
    const store = makeStore(initial ?? undefined)
    const start = makeProcess(fake, store.service, { credentials, ...options }, process)
    const processes = yield* Effect.forEach(Array.from({ length: count }), () => start)
    yield* letItEnd
    const all = Effect.forEach(processes, ({ get }) => Effect.result(get), { concurrency: "unbounded" })
    return { all, fake, processes, start, store }
  })

/** What is under way when a test ends, ends by its own time limits: closing a client waits for it. */
export const letItEnd = Effect.addFinalizer(() =>
  Effect.forEach(Array.from({ length: 60 }), () => TestClock.adjust("2 seconds"), { discard: true })
)

export const begin = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkChild(effect, { startImmediately: true })
/** What the digests were derived with. */
export const derived: Array<unknown> = []

/** A digest takes real time, which no test clock moves: in these tests it takes none. */
export const withFastDigests = () =>
  beforeEach(() => {
    derived.length = 0
    vi.spyOn(crypto.subtle, "importKey").mockImplementation(async (_, secret) => secret as never)
    vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (algorithm, secret) => {
      const { hash, iterations, name, salt } = algorithm as Pbkdf2Params
      derived.push([name, hash, iterations, salt.byteLength])
      const hashed = createHash("sha256")
        .update(new Uint8Array(salt as ArrayBuffer))
        .update(secret as never)
        .digest()
      return new Uint8Array(hashed).buffer
    })
    return () => vi.restoreAllMocks()
  })

/** Time passes until the fiber ends. */
export const passing = <A, E>(fiber: Fiber.Fiber<A, E>): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    for (let step = 0; fiber.pollUnsafe() === undefined; step++) {
      if (step > 1_000) return yield* Effect.die(new Error("nothing happened in 200 seconds"))
      yield* TestClock.adjust("200 millis")
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
    }
    return yield* Fiber.join(fiber)
  })
export const run = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.flatMap(begin(effect), passing)
