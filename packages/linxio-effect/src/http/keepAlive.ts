/**
 * Renews the session without traffic, shortly before its access token expires. The one timer of a client that nobody waits for: it never keeps a
 * process alive (I-26), and is there only where `keepAlive` asks for it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Session } from "../Session.ts"
import { TokenRefresh } from "../TokenRefresh.ts"
import { freshnessOf, softStartOf } from "./freshness.ts"

/** Runtimes fire a longer timer at once. */
const longestMs = 2_147_483_647

/** After a renewal that was begun, or left to another process, in milliseconds. */
const againMs = 5_000

export const makeKeepAlive = (spread: number) =>
  Effect.gen(function* () {
    const session = yield* Session
    const tokenRefresh = yield* TokenRefresh
    const clock = yield* Clock.Clock
    const run = Effect.runForkWith(yield* Effect.context())
    let timer: ReturnType<typeof setTimeout> | undefined

    const schedule = (leastMs = 0): void => {
      clearTimeout(timer)
      const state = session.currentUnsafe()
      const dueAt = state._tag === "Active" ? softStartOf(state, spread) : undefined
      if (dueAt === undefined) return
      const delayMs = Math.max(leastMs, dueAt - clock.currentTimeMillisUnsafe())
      timer = setTimeout(wake, Math.min(longestMs, Math.max(leastMs, Math.ceil(delayMs))))
      // A number in browsers and Workers, where no timer keeps anything alive.
      if (typeof timer === "object") timer.unref?.()
    }

    /** Asks again what is due: the machine may have slept, and the timer may have been cut. */
    const wake = (): void => {
      const state = session.currentUnsafe()
      if (state._tag !== "Active") return
      if (freshnessOf(state, clock.currentTimeMillisUnsafe(), spread) === "fresh") return schedule()
      run(tokenRefresh.refreshInBackground(state))
      schedule(againMs)
    }

    const stop = session.observe(({ type }) => schedule(type === "refreshFailed" ? againMs : 0))
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        stop()
        clearTimeout(timer)
      })
    )
    schedule()
  })
