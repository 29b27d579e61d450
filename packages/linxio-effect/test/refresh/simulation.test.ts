/**
 * Clients on one store in random interleavings: each store operation and each request takes a random time, some clients are killed in the middle of
 * anything, clocks are a day apart, the store fails for a while, the server revokes the session when a refresh token comes twice.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import type { LinxioConfigurationError } from "linxio-effect"
import { makeFake } from "../support/harness.ts"
import { failing, makeStore } from "../support/store.ts"
import { makeIssuer, makeProcess } from "./cluster.ts"

const runs = Number(process.env["LINXIO_SHARING_RUNS"] ?? 500)
const firstSeed = Number(process.env["LINXIO_SHARING_SEED"] ?? 1)

/** A generator whose runs can be repeated. */
const randomOf = (seed: number) => {
  const random = Effect.runSync(
    Random.withSeed(
      Effect.withFiber((fiber) => Effect.succeed(fiber.getRef(Random.Random))),
      seed
    )
  )
  return () => random.nextDoubleUnsafe()
}

const day = 86_400_000

/** What one run showed. */
interface Outcome {
  readonly expiries: number
  readonly refreshes: number
  readonly reuses: number
  readonly kills: number
  /** Whether the clients have credentials, and the session died. */
  readonly deaths: number
  readonly logins: number
  readonly failures: ReadonlyArray<string>
}

const simulate = (seed: number): Effect.Effect<Outcome, LinxioConfigurationError> =>
  Effect.gen(function* () {
    const random = randomOf(seed)
    const pick = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
    const fake = makeFake()
    const issuer = makeIssuer(fake)
    const store = makeStore(issuer.tokens)
    // Every third cluster has credentials, and a session that dies once.
    const dies = seed % 3 === 0
    const credentials = dies ? Effect.succeed({ email: "robot@example.test", password: "p" }) : undefined
    let deaths = 0
    const options = { credentials, refresh: { deadlineMs: 3_000, attemptTimeoutMs: 1_000 }, retry: { retries: 0 } }
    const spawn = makeProcess(fake, store.service, options, {
      delayMs: () => pick(0, 120),
      offsetMs: pick(-1, 1) * day
    })
    let processes = yield* Effect.forEach(Array.from({ length: pick(2, 6) }), () => spawn)
    const failures: Array<string> = []
    let kills = 0
    let expiries = 0
    let quietUntil = 0
    let now = 0
    const advance = (ms: number) =>
      Effect.andThen(
        TestClock.adjust(ms),
        Effect.sync(() => void (now += ms))
      )
    const calls: Array<Fiber.Fiber<unknown>> = []
    for (let step = 0; step < 25; step++) {
      const action = random()
      // A token that ends again while its refresh is under way is no fault of anybody's.
      if (action < 0.4 && now >= quietUntil) {
        issuer.expire()
        expiries++
        quietUntil = now + 12_000
      } else if (seed % 2 === 0 && action < 0.5 && processes.length > 1 && kills < 3) {
        kills++
        processes[0]?.kill()
        processes = [...processes.slice(1), yield* spawn]
      } else if (dies && deaths === 0 && now >= quietUntil && action > 0.9) {
        issuer.die()
        deaths++
        quietUntil = now + 12_000
      } else if (action < 0.55) {
        store.hooks.load = failing("load")
        yield* advance(pick(0, 400))
        store.hooks.load = store.plainly.load
      }
      for (const process of processes) {
        if (random() < 0.3) continue
        const call = Effect.matchEffect(process.get, {
          onFailure: (error) =>
            Effect.sync(
              () =>
                process.isDead() ||
                failures.push(`${error._tag} ${"reason" in error ? String(error.reason) : ""}: ${error.message}`)
            ),
          onSuccess: () => Effect.void
        })
        calls.push(yield* Effect.forkChild(call, { startImmediately: true }))
      }
      yield* advance(pick(0, 3_000))
    }
    // Somebody notices what the last step did.
    for (const { get } of processes) calls.push(yield* Effect.forkChild(Effect.ignore(get), { startImmediately: true }))
    yield* advance(120_000)
    yield* Fiber.interruptAll(calls)
    return {
      expiries,
      refreshes: issuer.refreshes(),
      reuses: issuer.reuses(),
      kills,
      deaths,
      logins: issuer.logins(),
      failures
    }
  }).pipe(Effect.scoped, Effect.provide(TestClock.layer(), { local: true }))

describe("clients on one store", () => {
  it.effect(
    "never spend a refresh token twice and never end the session, unless one was killed between answer and save; with credentials, one signs in for each session that dies (S-1, S-2, S-3, S-4, S-5, S-13)",
    () =>
      Effect.gen(function* () {
        let survived = 0
        for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
          const outcome = yield* simulate(seed)
          const story = `LINXIO_SHARING_SEED=${seed} LINXIO_SHARING_RUNS=1: ${JSON.stringify(outcome)}`
          // A process that is killed after Linxio has replaced the token takes the new one with it: that is beyond any client.
          if (outcome.kills === 0) {
            assert.strictEqual(outcome.reuses, 0, story)
            // A client that nobody is signed in to yet needs the store.
            assert.isEmpty(
              outcome.failures.filter((failure) => !failure.startsWith("LinxioStoreError")),
              story
            )
            assert.isAtMost(outcome.refreshes, outcome.expiries, story)
            assert.strictEqual(outcome.logins, outcome.deaths, story)
            survived++
          }
          assert.isAtMost(outcome.reuses, outcome.kills, story)
          // A client that is killed while it signs in takes the session with it.
          assert.isAtMost(outcome.logins, outcome.deaths + 2 * outcome.kills, story)
          for (const failure of outcome.failures) assert.match(failure, /SessionEnded|NotSignedIn|StoreError/, story)
        }
        assert.isAbove(survived, 0)
      }),
    600_000
  )
})
