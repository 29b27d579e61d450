/** Takes the stored session over, once, before the first request is signed: creating a client does no I/O. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { LinxioConfig } from "../LinxioConfig.ts"
import { LinxioAbortError, type LinxioFailure } from "../LinxioError.ts"
import { Session, type SessionService } from "../Session.ts"
import { SessionStore } from "../stores/SessionStore.ts"
import * as SingleFlight from "./singleFlight.ts"
import { makeSync } from "./storeSync.ts"

interface Restore {
  readonly done: () => boolean
  readonly run: Effect.Effect<void, LinxioFailure>
}

/** One for each session: whoever asks first reads the store, for all. */
const restores = new WeakMap<SessionService, Restore>()

export const makeRestore = Effect.gen(function* () {
  const session = yield* Session
  const known = restores.get(session)
  if (known) return known
  const store = yield* SessionStore
  const { deadlineMs } = yield* LinxioConfig
  const { announced } = makeSync(store, session)
  const flight = SingleFlight.make<void, LinxioFailure>({
    scope: yield* Effect.scope,
    closed: () => new LinxioAbortError({ message: "The Linxio client was closed", reason: "closed" }),
    longestMs: deadlineMs
  })
  // Taken now, so that whoever signs in or out before the store has answered decides (I-15).
  const ticket = session.ticket()
  let isDone = false

  const load = Effect.gen(function* () {
    // Whoever is signed in already does not depend on what is stored.
    const stored = yield* Effect.catch(store.load, (error) =>
      session.currentUnsafe()._tag === "Active" ? Effect.as(announced(error), undefined) : Effect.fail(error)
    )
    const now = yield* Clock.currentTimeMillis
    if (stored) session.signIn(ticket, stored, "restored", now)
    isDone = true
  })

  const restore: Restore = { done: () => isDone, run: flight.run("restore", load) }
  restores.set(session, restore)
  return restore
})
