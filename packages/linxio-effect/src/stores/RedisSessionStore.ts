/** The store in Redis as a layer, over the `Redis` service of `effect/persistence`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import { LinxioStoreError } from "../LinxioError.ts"
import { recordOf, swapScript } from "./redis.ts"
import { SessionStore } from "./SessionStore.ts"

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
export const layer = ({ key = "linxio:session" }: { readonly key?: string | undefined } = {}): Layer.Layer<
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
        )
    }))
  )

const failed = (operation: LinxioStoreError["operation"]) => (cause: unknown) =>
  new LinxioStoreError({ operation, issue: cause instanceof Error ? cause.message : "Redis failed", cause })
