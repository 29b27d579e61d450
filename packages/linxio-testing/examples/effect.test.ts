/** vitest with `@effect/vitest`: the test clock drives the expiry, so an hour costs nothing; a timeline when the test fails. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { Auth, Linxio } from "linxio-effect"
import { defaultAccount, FakeLinxio } from "linxio-testing"
import { onTestFailed } from "vitest"
import { countHourly } from "./job.ts"

const world = () => Layer.provideMerge(Linxio.layer(), FakeLinxio.layer({ accessTokenLifetime: "30 minutes" }))

it.effect("the hourly job survives an expired token", () =>
  Effect.gen(function* () {
    const fake = yield* FakeLinxio
    onTestFailed(() => console.log(fake.timeline()))
    const auth = yield* Auth
    yield* auth.login({ email: defaultAccount.email, password: Redacted.make(defaultAccount.password) })
    const job = yield* Effect.forkChild(countHourly)
    yield* TestClock.adjust("1 hour")
    assert.deepStrictEqual(yield* Fiber.join(job), [{ count: 3 }, { count: 3 }])
    assert.strictEqual(fake.refreshes, 1)
  }).pipe(Effect.provide(world()))
)
