/** Processes that share a stored session although their clocks differ. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import { TestClock } from "effect/testing"
import type { SessionStoreService } from "linxio-effect"
import { makeMemory } from "linxio-effect/stores/SessionStore"
import { type Fake, json, makeClient, makeFake, refreshRoute, type Step } from "../support/harness.ts"

const hour = 3_600_000
const day = 24 * hour

/** The clock of a machine, wrong by `ms`. */
const wrongBy = (clock: Clock.Clock, ms: number): Clock.Clock =>
  Object.create(clock, {
    currentTimeMillisUnsafe: { value: () => clock.currentTimeMillisUnsafe() + ms },
    currentTimeMillis: { value: Effect.map(clock.currentTimeMillis, (now) => now + ms) }
  })

/** A store that gives back what JSON makes of the record, as one that several processes share does. */
const makeShared = (): SessionStoreService => {
  const memory = makeMemory()
  return { ...memory, load: Effect.map(memory.load, (record) => JSON.parse(JSON.stringify(record))) }
}

/** A process on a machine whose clock is wrong by `error`; the server's clock is right. */
const makeProcess = (fake: Fake, store: SessionStoreService, error: number) =>
  Effect.gen(function* () {
    const right = yield* Clock.Clock
    const clock = wrongBy(right, error)
    const transport = HttpClient.transform(fake.transport, Effect.provideService(Clock.Clock, right))
    const client = yield* Effect.provideService(
      makeClient({ ...fake, transport }, {}, { ...store }),
      Clock.Clock,
      clock
    )
    return {
      login: Effect.provideService(client.auth.login({ email: "user", password: "pw" }), Clock.Clock, clock),
      get: Effect.provideService(client.get("/vehicles"), Clock.Clock, clock)
    }
  })

/** Linxio's answer to a refresh, as a browser sees it across origins. */
const withoutDate: Step = (_, proceed) =>
  Effect.flatMap(proceed, (response) =>
    Effect.map(
      Effect.promise(() => response.json()),
      (body) => json(response.status, body)
    )
  )

describe("processes that share a stored session", () => {
  const lifetimes = 5
  const same = lifetimes + 1
  const clocks = {
    "are right": [[0, 0, 0], same],
    "are a day ahead": [[day, day, day], same],
    "are a day behind": [[-day, -day, -day], same],
    "are a day ahead of the one that signed in": [[0, day, day], same],
    "are a day behind the one that signed in": [[0, -day, -day], same],
    "differ by two days": [[0, day, -day], same]
  } as const
  for (const [name, [errors, most]] of Object.entries(clocks)) {
    for (const header of ["with", "without"]) {
      it.effect(
        `renew it ${most} times at most in ${lifetimes} lifetimes when their clocks ${name}, ${header} a Date header (I-25)`,
        () =>
          Effect.gen(function* () {
            yield* TestClock.setTime(10 * day)
            const fake = makeFake({ lifetimeMs: hour })
            if (header === "without") fake.always(refreshRoute, withoutDate)
            const store = makeShared()
            const processes = yield* Effect.forEach(errors, (error) => makeProcess(fake, store, error))
            yield* processes[0]?.login ?? Effect.void
            for (let minute = 0; minute < lifetimes * 60; minute++) {
              for (const { get } of processes) {
                yield* Effect.ignore(get)
                yield* TestClock.adjust(20_000)
              }
            }
            assert.isAtMost(fake.refreshes().length, most)
            assert.isAtLeast(fake.refreshes().length, lifetimes - 1)
          })
      )
    }
  }
})
