/** Calls against a route that never answers well, and when they were sent. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { TestClock } from "effect/testing"
import type { LinxioOptions } from "linxio-effect"
import { makeFake, signedIn, type Fake, type Step } from "./harness.ts"

export const vehicles = "GET /vehicles"
/** Full jitter takes this share of each delay. */
export const share = (value: number) =>
  Effect.provideService(Random.Random, { nextDoubleUnsafe: () => value, nextIntUnsafe: () => 0 })

/** When the requests of a route were sent, in milliseconds from the first. */
const timesOf = (fake: Fake, route: string, step: Step): Array<number> => {
  const times: Array<number> = []
  let first: number | undefined
  fake.always(route, (recorded, proceed) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      times.push(now - (first ??= now))
      return step(recorded, proceed)
    })
  )
  return times
}

/** Runs a GET against a route that always takes `step`, for `forMs` of virtual time. */
export const run = (step: Step, options: LinxioOptions = {}, forMs = 3_600_000) =>
  Effect.gen(function* () {
    const fake = makeFake()
    const client = yield* signedIn(fake, options)
    const times = timesOf(fake, vehicles, step)
    const fiber = yield* Effect.forkChild(Effect.result(client.get("/vehicles")), { startImmediately: true })
    yield* TestClock.adjust(forMs)
    const outcome = yield* Fiber.join(fiber)
    return { times, failure: outcome._tag === "Failure" ? outcome.failure : undefined }
  })
