/** Takes the stored session over, once, before the first request is signed: creating a client does no I/O. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { LinxioAbortError, type LinxioFailure } from "../LinxioError.ts"
import { Session } from "../Session.ts"
import { SessionStore } from "../SessionStore.ts"
import * as SingleFlight from "./singleFlight.ts"

export const makeRestore = Effect.gen(function* () {
  const session = yield* Session
  const store = yield* SessionStore
  const flight = SingleFlight.make<void, LinxioFailure>({
    scope: yield* Effect.scope,
    closed: () => new LinxioAbortError({ message: "The Linxio client was closed", reason: "closed" })
  })
  // Taken now, so that whoever signs in or out before the store has answered decides (I-15).
  const ticket = session.ticket()
  let isDone = false

  const load = Effect.gen(function* () {
    const stored = yield* store.load
    const now = yield* Clock.currentTimeMillis
    if (stored) session.signIn(ticket, stored, "restored", now)
    isDone = true
  })

  return { done: () => isDone, run: flight.run("restore", load) }
})
