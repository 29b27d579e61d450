/** A store of promises as the store that the engine knows. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import type { SessionStoreService } from "linxio-effect/stores/SessionStore"
import { LinxioStoreError, LinxioValidationError } from "linxio-effect/LinxioError"
import * as Stored from "linxio-effect/stores/StoredSession"
import type { SessionStore } from "../options.ts"

/** A store that does not answer within `limitMs` has failed: whoever waits for it must not wait for ever (I-27). */
export const promiseStore = (store: SessionStore, limitMs = 30_000): SessionStoreService => {
  const asking = <A>(operation: LinxioStoreError["operation"], ask: () => A | Promise<A>) =>
    Effect.tryPromise({ try: async () => ask(), catch: (cause) => storeError(operation, cause) }).pipe(
      Effect.timeoutOrElse({
        duration: limitMs,
        orElse: () => Effect.fail(new LinxioStoreError({ operation, issue: `no answer within ${limitMs} ms` }))
      })
    )
  const plain = (secret: Redacted.Redacted | undefined) => secret && Redacted.value(secret)
  return {
    load: Effect.flatMap(
      asking("load", () => store.load()),
      (stored) =>
        stored === null || stored === undefined
          ? Effect.succeed(undefined)
          : Effect.flatMap(Clock.currentTimeMillis, (now) => {
              const tokens = Stored.decode(stored, now)
              return tokens instanceof LinxioValidationError
                ? Effect.fail(
                    new LinxioStoreError({
                      operation: "load",
                      issue: `what is stored is no session: ${tokens.message}`
                    })
                  )
                : Effect.succeed(tokens)
            })
    ),
    save: (next, expectedPrevious) =>
      Effect.map(
        asking("save", () => store.save(Stored.encode(next), plain(expectedPrevious))),
        (saved) => saved !== false
      ),
    clear: (expectedPrevious) =>
      Effect.map(
        asking("clear", () => store.clear(plain(expectedPrevious))),
        (cleared) => cleared !== false
      ),
    ...(store.lock && { lock: locked(store.lock.bind(store)) })
  }
}

/** Holds the lock for as long as the work runs; the work's own outcome counts, whatever the lock makes of it. */
const locked =
  (lock: NonNullable<SessionStore["lock"]>) =>
  <A, E>(work: Effect.Effect<A, E>): Effect.Effect<A, E | LinxioStoreError> =>
    Effect.gen(function* () {
      const context = yield* Effect.context<never>()
      let outcome: Exit.Exit<A, E> | undefined
      const run = async () => (outcome = await Effect.runPromiseExitWith(context)(work))
      const locking = Effect.tryPromise({ try: async () => lock(run), catch: (cause) => storeError("lock", cause) })
      const failure = yield* Effect.match(locking, {
        onFailure: (error) => error,
        onSuccess: () => new LinxioStoreError({ operation: "lock", issue: "it did not run the work it was given" })
      })
      return yield* outcome ?? Effect.fail(failure)
    })

const storeError = (operation: LinxioStoreError["operation"], cause: unknown): LinxioStoreError =>
  new LinxioStoreError({ operation, issue: cause instanceof Error ? cause.message : "it threw", cause })
