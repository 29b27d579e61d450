/** The store in Redis as a layer, over the `Redis` service of `effect/persistence`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import { storeFailed } from "../errors/words.ts"
import type { LinxioStoreError } from "../LinxioError.ts"
import { recordOf, swapScript } from "./redis.ts"
import { type OutageOptions, SessionStore } from "./SessionStore.ts"

/** The key of the session. */
export interface RedisSessionStoreOptions extends OutageOptions {
  /** The name of the key. @default "linxio:session" */
  readonly key?: string | undefined
}

/**
 * A session in Redis.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio } from "linxio-effect"
 * import * as RedisSessionStore from "linxio-effect/stores/RedisSessionStore"
 *
 * const workers = Linxio.layerNoStore().pipe(Layer.provide(RedisSessionStore.layer({ key: "fleet-job:linxio" })))
 * ```
 */
export const layer = ({ key = "linxio:session", onOutage, timeoutMs }: RedisSessionStoreOptions = {}): Layer.Layer<
  SessionStore,
  never,
  Redis.Redis
> =>
  Layer.effect(
    SessionStore,
    Effect.map(Redis.Redis, (redis) => ({
      load: Effect.flatMap(Effect.mapError(redis.send("GET", key), failed("load")), (value) =>
        Effect.try({ try: () => recordOf(value), catch: failed("load") })
      ),
      swap: (next, expected) =>
        Effect.map(
          Effect.mapError(
            redis.send("EVAL", swapScript, "1", key, String(expected), JSON.stringify(next)),
            failed("save")
          ),
          (written) => Number(written) === 1
        ),
      timeoutMs,
      onOutage
    }))
  )

/** The words are those of the client: a `RedisError` has none of its own. */
const failed = (operation: LinxioStoreError["operation"]) => (error: unknown) =>
  storeFailed(operation, error instanceof Redis.RedisError ? error.cause : error)
