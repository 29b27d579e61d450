/**
 * Refreshes shortly before the access token expires, also when nothing is called. Only with the option `keepAlive`: without it, a client has no timer and
 * does not read its store while it is idle (I-26, S-14).
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import { Session } from "../Session.ts"
import { TokenRefresh } from "../TokenRefresh.ts"
import { monotonicMs } from "../exchange/call.ts"
import { softStartOf } from "./freshness.ts"

/** The time is checked this often, because the wall clock can change. Also far below the longest timer of a runtime. In milliseconds. */
const longestSleepMs = 3_600_000

/** The time between two refreshes that it starts, for a server whose tokens are expired at once. In milliseconds. */
const againMs = 30_000

export const makeKeepAlive = (spread: number) =>
  Effect.gen(function* () {
    const session = yield* Session
    const tokenRefresh = yield* TokenRefresh
    const clock = yield* Clock.Clock
    // A fiber of its own: the one that builds a layer may run synchronously.
    const run = Effect.runForkWith(yield* Effect.context())
    const sleep = clock === Context.get(Context.empty(), Clock.Clock) ? unreferencedSleep : Effect.sleep
    let fiber: Fiber.Fiber<void> | undefined
    let notBefore = -Infinity

    const cycle: Effect.Effect<void> = Effect.suspend(() => {
      const state = session.currentUnsafe()
      if (state._tag !== "Active") return Effect.void
      const dueAt = softStartOf(state, spread)
      if (dueAt === undefined) return Effect.void
      const elapsed = monotonicMs(clock)
      const waitMs = Math.max(dueAt - clock.currentTimeMillisUnsafe(), notBefore - elapsed)
      if (waitMs > 0) return Effect.andThen(sleep(Math.min(longestSleepMs, Math.ceil(waitMs))), cycle)
      notBefore = elapsed + againMs
      // It reads the store first: if another client has refreshed, its tokens are adopted.
      return Effect.andThen(tokenRefresh.refreshInBackground(state), cycle)
    })

    const restart = (): void => {
      fiber?.interruptUnsafe()
      fiber = run(cycle)
    }
    const stop = session.observe(restart)
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        stop()
        fiber?.interruptUnsafe()
      })
    )
    restart()
  })

/** The sleep of Effect's own clock keeps a process alive. */
const unreferencedSleep = (ms: number): Effect.Effect<void> =>
  Effect.callback((resume) => {
    const timer = setTimeout(() => resume(Effect.void), ms)
    // A number in browsers and Workers, where no timer keeps anything alive.
    const { unref } = Object(timer) as { readonly unref?: () => void }
    unref?.call(timer)
    return Effect.sync(() => clearTimeout(timer))
  })
