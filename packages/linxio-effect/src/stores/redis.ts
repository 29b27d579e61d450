/**
 * A session in Redis, which containers and machines share: one script compares and writes in one step.
 */
import type { SessionStore } from "./promiseStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** Writes if the stored version is the expected one. If the stored value is not a record, the script fails and does not overwrite it. */
export const swapScript = `
local stored = redis.call("GET", KEYS[1])
local version = 0
if stored then version = cjson.decode(stored).version end
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call("SET", KEYS[1], ARGV[2])
return 1`

export const loadScript = `return redis.call("GET", KEYS[1])`

/** How a client takes the keys and arguments of a script. */
export type RedisConvention = "ioredis" | "redis" | "upstash"

/** Any Redis client that can run a Lua script. */
export interface RedisClient {
  /** Runs a Lua script. */
  eval(script: string, ...rest: ReadonlyArray<unknown>): Promise<unknown>
}

/** The options of the store. */
export interface RedisStoreOptions {
  /** A connected client of `ioredis`, of `redis` (4 and later), or one like Upstash's. The store never closes it. */
  readonly client: RedisClient
  /** The name of the key. @default "linxio:session" */
  readonly key?: string | undefined
  /** How the client takes keys and arguments. @default detected by its methods */
  readonly convention?: RedisConvention | undefined
}

/**
 * A store in Redis.
 *
 * @example
 * ```ts
 * import { createClient } from "linxio-js"
 * import { type RedisClient, redisStore } from "linxio-js/stores/redis"
 *
 * const start = (client: RedisClient) => createClient({ store: redisStore({ client, key: "fleet-job:linxio" }) })
 * ```
 */
export const redisStore = ({
  client,
  convention = conventionOf(client),
  key = "linxio:session"
}: RedisStoreOptions): SessionStore => {
  const run = (script: string, args: ReadonlyArray<string>): Promise<unknown> => {
    switch (convention) {
      case "ioredis":
        return client.eval(script, 1, key, ...args)
      case "redis":
        return client.eval(script, { keys: [key], arguments: [...args] })
      case "upstash":
        return client.eval(script, [key], args)
    }
  }
  return {
    load: async () => recordOf(await run(loadScript, [])),
    swap: async (next, expected) => Number(await run(swapScript, [String(expected), JSON.stringify(next)])) === 1
  }
}

/** `ioredis` can define commands, `redis` tells whether it is connected; Upstash's client has neither. */
const conventionOf = (client: RedisClient): RedisConvention =>
  "defineCommand" in client ? "ioredis" : "isOpen" in client || "isReady" in client ? "redis" : "upstash"

/** Upstash's client parses JSON by itself. */
export const recordOf = (value: unknown): StoredRecord | null => {
  if (value === null || value === undefined) return null
  if (typeof value !== "string") return value as StoredRecord
  try {
    return JSON.parse(value)
  } catch {
    throw new Error("the key holds no JSON; it was left as it is")
  }
}
